using Npgsql;
using TraceTrack.Users;

namespace TraceTrack.Postgres;

/// <summary>Rows of UserSql.Columns as users.</summary>
internal static class UserReader
{
    /// <summary>The column after the user's own.</summary>
    public const int Next = 6;

    public static User Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Role = (UserRole)row.GetInt16(2),
        Area = row.NullableString(3),
        IsDisabled = row.GetBoolean(4),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(5),
    };

    /// <summary>The user and the hash in the column after it.</summary>
    public static UserCredentials ReadCredentials(NpgsqlDataReader row) => new(Read(row), row.GetString(Next));

    public static string ReadSessionKey(NpgsqlDataReader row) => Convert.ToHexStringLower(row.GetFieldValue<byte[]>(0));
}
