namespace TraceTrack.Postgres;

internal static class UserSql
{
    public const string Columns = "u.id, u.name, u.role, u.area, u.is_disabled, u.created_at";

    public const string FindMany = $"SELECT {Columns} FROM tracetrack.app_user u WHERE u.id = ANY($1)";

    public const string FindCredentials = $"SELECT {Columns}, u.password_hash FROM tracetrack.app_user u WHERE u.name_key = $1";

    /// <summary>$1 name, $2 its key, $3 role, $4 area, $5 hash, $6 totals slot. No row comes back when the name is taken.</summary>
    public const string Create = $"""
        WITH u AS (
            INSERT INTO tracetrack.app_user (name, name_key, role, area, password_hash) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (name_key) DO NOTHING
            RETURNING *
        ), counted AS (
            UPDATE tracetrack.totals SET users = users + 1 WHERE slot = $6 AND EXISTS (SELECT FROM u)
        )
        SELECT {Columns} FROM u
        """;

    /// <summary>$1 id, $2 hash. Counts the user, not the sessions.</summary>
    public const string SetPassword = """
        WITH ended AS (DELETE FROM tracetrack.login_session WHERE user_id = $1)
        UPDATE tracetrack.app_user SET password_hash = $2 WHERE id = $1
        """;

    public const string StartSession =
        "INSERT INTO tracetrack.login_session (token_hash, user_id, renewed_at, expires_at) VALUES ($1, $2, $3, $4)";

    /// <summary>Done with each new session, so that the table holds live ones only.</summary>
    public const string PruneSessions = "DELETE FROM tracetrack.login_session WHERE user_id = $1 AND expires_at < $2";

    public const string FindSession = $"""
        SELECT {Columns}, s.renewed_at, s.expires_at
        FROM tracetrack.login_session s JOIN tracetrack.app_user u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND NOT u.is_disabled
        """;

    public const string RenewSession = "UPDATE tracetrack.login_session SET renewed_at = $2, expires_at = $3 WHERE token_hash = $1";

    public const string EndSession = "DELETE FROM tracetrack.login_session WHERE token_hash = $1";

    private static readonly string?[] Lists = new string?[8];

    /// <summary>The list of users. Parameters are numbered in the order role, from; the limit is last.</summary>
    public static string List(bool ofRole, bool from, bool backward) =>
        Lists[(ofRole ? 1 : 0) + (from ? 2 : 0) + (backward ? 4 : 0)] ??= Build(ofRole, from, backward);

    private static string Build(bool ofRole, bool from, bool backward)
    {
        var list = new ListBuilder($"SELECT {Columns} FROM tracetrack.app_user u");
        if (ofRole)
            list.And($"u.role = {list.Next()}");
        if (from)
            list.And($"u.name_key {(backward ? "<" : ">")} {list.Next()}");
        return list.OrderBy(backward ? "u.name_key DESC" : "u.name_key");
    }
}
