using Npgsql;
using NpgsqlTypes;

namespace TraceTrack.LoadTest.Bulk.Peers;

/// <summary>A prepared INSERT for each row, over one connection, and a commit each: what code does that never heard of bulk work.</summary>
internal static class OneByOnePeer
{
    public const string Name = "one by one";

    public static async Task CopyAsync(BenchDatabase database, string schema, IReadOnlyList<FinishedBag> rows, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var insert = new NpgsqlCommand(
            $"INSERT INTO {schema}.bag ({FinishedBag.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", connection);
        foreach (var type in FinishedBagTypes.All)
            insert.Parameters.Add(new() { NpgsqlDbType = type });
        await insert.PrepareAsync(cancellation);
        foreach (var row in rows)
        {
            object?[] values =
            [
                row.Id, row.ParentId, row.Version, row.ImportId, row.CreatedAt, row.ChangedAt, row.LinkedAt, row.ContentGrams, row.WeightGrams,
                row.ChildCount, row.Kind, row.Status, row.Qr, row.Area,
            ];
            for (var i = 0; i < values.Length; i++)
                insert.Parameters[i].Value = values[i] ?? DBNull.Value;
            await insert.ExecuteNonQueryAsync(cancellation);
        }
    }
}

/// <summary>The types of FinishedBag.Columns.</summary>
internal static class FinishedBagTypes
{
    public static readonly NpgsqlDbType[] All =
    [
        NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.TimestampTz, NpgsqlDbType.TimestampTz,
        NpgsqlDbType.TimestampTz, NpgsqlDbType.Bigint, NpgsqlDbType.Integer, NpgsqlDbType.Smallint, NpgsqlDbType.Smallint, NpgsqlDbType.Smallint,
        NpgsqlDbType.Text, NpgsqlDbType.Text,
    ];
}
