using Npgsql;
using NpgsqlTypes;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>The technique of the report: ten connections, each copies a tenth of the finished rows, with all indexes in place.</summary>
internal sealed class ReportSubject(BulkServer server, BulkRows rows) : IBulkSubject
{
    private const int Connections = 10;
    private const int Group = 1 + TraceTrackOptions.DefaultParentCapacity;

    public string Name => "report";

    public async Task PrepareAsync(string schema, CancellationToken cancellationToken)
    {
        await server.ExecuteAsync($"CREATE SCHEMA {schema}; CREATE TABLE {schema}.bag (LIKE {BulkServer.Model}.bag) WITH (fillfactor = 90)", cancellationToken);
        foreach (var index in await server.IndexesAsync(schema, cancellationToken))
            await server.ExecuteAsync(index, cancellationToken);
    }

    public async Task<string> LoadAsync(string schema, CancellationToken cancellationToken)
    {
        // Whole groups, so that no two connections meet on one parent.
        var groups = (rows.Bags + Group - 1) / Group;
        var share = (groups + Connections - 1) / Connections * Group;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(
            () => CopyAsync(schema, connection * share, Math.Min(rows.Bags, (connection + 1) * share), cancellationToken), cancellationToken)));
        return "";
    }

    private async Task CopyAsync(string schema, int from, int to, CancellationToken cancellationToken)
    {
        await using var connection = await server.Source.OpenConnectionAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {schema}.bag (id, version, created_at, changed_at, kind, qr, area, parent_id, linked_at, status, weight_grams, child_count, content_grams) FROM STDIN (FORMAT BINARY)",
            cancellationToken);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        for (var i = from; i < to; i++)
            await WriteAsync(copy, i, now, cancellationToken);
        await copy.CompleteAsync(cancellationToken);
    }

    private async Task WriteAsync(NpgsqlBinaryImporter copy, int i, DateTime now, CancellationToken cancellationToken)
    {
        var row = rows[i];
        var first = i / Group * Group;
        var isParent = i == first;
        var children = isParent ? Math.Min(rows.Bags - i, Group) - 1 : 0;
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(i + 1L, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(1L, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
        await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
        await copy.WriteAsync((short)(isParent ? 1 : 2), NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(row.Qr!, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(rows[first].Area!, NpgsqlDbType.Text, cancellationToken);
        if (isParent)
        {
            await copy.WriteNullAsync(cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
        }
        else
        {
            await copy.WriteAsync(first + 1L, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await copy.WriteAsync((short)(!isParent ? 1 : children == Group - 1 ? 2 : 0), NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(isParent ? 0 : 1000, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync((short)children, NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync(children * 1000L, NpgsqlDbType.Bigint, cancellationToken);
    }
}
