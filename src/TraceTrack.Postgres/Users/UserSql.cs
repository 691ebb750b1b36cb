namespace TraceTrack.Postgres;

internal static class UserSql
{
    public const string Columns = "u.id, u.name, u.role, u.area, u.is_disabled, u.created_at";

    public const string FindMany = $"SELECT {Columns} FROM tracetrack.app_user u WHERE u.id = {ListedSql.Codes}";

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

    /// <summary>One row of the schema stands for "who is admin": whoever could take an admin away holds it until the commit, before any user's row.</summary>
    public const string LockAdmins = "SELECT 1 FROM tracetrack.store FOR NO KEY UPDATE";

    /// <summary>$1 id. After a wait, the row as the one waited for left it.</summary>
    public const string Lock = $"SELECT {Columns}, u.password_hash FROM tracetrack.app_user u WHERE u.id = $1 FOR NO KEY UPDATE";

    /// <summary>$1 id. In a statement after the lock, so that it sees what was committed before it.</summary>
    public const string HasOtherAdmin =
        "SELECT EXISTS (SELECT FROM tracetrack.app_user WHERE role = 1 AND NOT is_disabled AND id <> $1)";

    /// <summary>$1 id, $2 role, $3 area, $4 whether disabled, $5 hash.</summary>
    public const string Update = "UPDATE tracetrack.app_user SET role = $2, area = $3, is_disabled = $4, password_hash = $5 WHERE id = $1";

    /// <summary>
    /// $1 token's hash, $2 user, $3 renewed, $4 expires, $5 the hash a password was verified against, or null. The user's row is locked as
    /// a change locks it: a session is committed before the change, which then ends it, or decided on the changed row.
    /// </summary>
    public const string StartSession = $"""
        WITH u AS (
            SELECT * FROM tracetrack.app_user
            WHERE id = $2 AND NOT is_disabled AND password_hash = coalesce($5, password_hash)
            FOR SHARE
        ), started AS (
            INSERT INTO tracetrack.login_session (token_hash, user_id, renewed_at, expires_at) SELECT $1, id, $3, $4 FROM u
        )
        SELECT {Columns} FROM u
        """;

    /// <summary>Done with each new session, so that the table holds live ones only.</summary>
    public const string PruneSessions = "DELETE FROM tracetrack.login_session WHERE user_id = $1 AND expires_at < $2";

    public const string FindSession = $"""
        SELECT {Columns}, s.renewed_at, s.expires_at
        FROM tracetrack.login_session s JOIN tracetrack.app_user u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND NOT u.is_disabled
        """;

    public const string RenewSession = "UPDATE tracetrack.login_session SET renewed_at = $2, expires_at = $3 WHERE token_hash = $1";

    public const string EndSession = "DELETE FROM tracetrack.login_session WHERE token_hash = $1";

    public const string EndAllSessions = "DELETE FROM tracetrack.login_session WHERE user_id = $1 RETURNING token_hash";

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
