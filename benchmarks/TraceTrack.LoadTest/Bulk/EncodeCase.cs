using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using TraceTrack.DemoData;
using TraceTrack.LoadTest.Bulk.Peers;
using TraceTrack.Postgres;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>
/// The same finished rows into the same bare table without indexes: by the importer's own encoder over a raw COPY stream, and by the driver's
/// typed writes. Measured are seconds, and the seconds of processor time that this process needed.
/// </summary>
internal static class EncodeCase
{
    public const string Case = "encode";

    private const string Copy = $"COPY {BareTable.Name} ({FinishedBag.Columns}) FROM STDIN (FORMAT BINARY)";

    public static async Task RunAsync(BenchSettings settings, BenchReport report, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(settings.Server, cancellation);
        await database.Tracker.Imports.ImportAsync(new DemoWarehouse(settings.Rows).RowsAsync(), new(), cancellationToken: cancellation);
        var rows = await FinishedBag.ReadAsync(database, "", cancellation);
        var table = new BareTable(database, []);
        (string Subject, Func<NpgsqlConnection, Task> Write)[] subjects =
        [
            ("tracetrack", connection => EncodeAsync(connection, rows, cancellation)),
            ("NpgsqlBinaryImporter", connection => WriteTypedAsync(connection, rows, cancellation)),
        ];
        var seconds = subjects.ToDictionary(one => one.Subject, _ => new List<double>(), StringComparer.Ordinal);
        var processor = subjects.ToDictionary(one => one.Subject, _ => new List<double>(), StringComparer.Ordinal);
        using var self = Process.GetCurrentProcess();
        for (var round = 0; round <= 3; round++)
        {
            foreach (var (subject, write) in subjects)
            {
                await table.MakeAsync(indexed: false, cancellation);
                await using var connection = await database.Source.OpenConnectionAsync(cancellation);
                self.Refresh();
                var before = self.TotalProcessorTime;
                var elapsed = await Work.SecondsAsync(database, () => write(connection), cancellation);
                self.Refresh();
                var used = (self.TotalProcessorTime - before).TotalSeconds;
                await table.CheckCountAsync(rows.Count, cancellation);
                Work.Say($"{Case}, round {round}: {subject} {elapsed:0.00} s, {used:0.00} s of processor time" + (round == 0 ? " (warm-up)" : ""));
                if (round == 0)
                    continue;
                seconds[subject].Add(elapsed);
                processor[subject].Add(used);
            }
        }

        foreach (var (subject, _) in subjects)
        {
            report.Add(Case, subject, "seconds", Work.Median(seconds[subject]), "s");
            report.Add(Case, subject, "processor seconds", Work.Median(processor[subject]), "s");
        }

        report.Add(
            Case, "NpgsqlBinaryImporter / tracetrack", "ratio of medians of processor seconds",
            Work.Median(processor["NpgsqlBinaryImporter"]) / Work.Median(processor["tracetrack"]), "x");
    }

    private static async Task EncodeAsync(NpgsqlConnection connection, IReadOnlyList<FinishedBag> rows, CancellationToken cancellation)
    {
        await using var copy = await CopyStream.BeginAsync(connection, Copy, cancellation);
        foreach (var row in rows)
        {
            Encode(copy.Rows, row);
            if (copy.Rows.IsFull)
                await copy.FlushIfFullAsync(cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static void Encode(CopyBuffer buffer, FinishedBag row)
    {
        buffer.Row(14);
        buffer.Int64(row.Id);
        Int64(buffer, row.ParentId);
        buffer.Int64(row.Version);
        Int64(buffer, row.ImportId);
        buffer.Time(row.CreatedAt);
        buffer.Time(row.ChangedAt);
        if (row.LinkedAt is { } linked)
            buffer.Time(linked);
        else
            buffer.Null();
        buffer.Int64(row.ContentGrams);
        buffer.Int32(row.WeightGrams);
        buffer.Int16(row.ChildCount);
        buffer.Int16(row.Kind);
        buffer.Int16(row.Status);
        buffer.Text(row.Qr);
        buffer.Text(row.Area);
    }

    private static void Int64(CopyBuffer buffer, long? value)
    {
        if (value is { } number)
            buffer.Int64(number);
        else
            buffer.Null();
    }

    private static async Task WriteTypedAsync(NpgsqlConnection connection, IReadOnlyList<FinishedBag> rows, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(row.Id, NpgsqlDbType.Bigint, cancellation);
            await WriteAsync(copy, row.ParentId, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(row.Version, NpgsqlDbType.Bigint, cancellation);
            await WriteAsync(copy, row.ImportId, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(row.CreatedAt, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(row.ChangedAt, NpgsqlDbType.TimestampTz, cancellation);
            await WriteAsync(copy, row.LinkedAt, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(row.ContentGrams, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(row.WeightGrams, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(row.ChildCount, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteAsync(row.Kind, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteAsync(row.Status, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteAsync(row.Qr, NpgsqlDbType.Text, cancellation);
            if (row.Area is { } area)
                await copy.WriteAsync(area, NpgsqlDbType.Text, cancellation);
            else
                await copy.WriteNullAsync(cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken cancellation)
        where T : struct => value is { } given ? copy.WriteAsync(given, type, cancellation) : copy.WriteNullAsync(cancellation);
}
