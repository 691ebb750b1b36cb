using System.Text.Json;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Postgres;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.LoadTest.Host;

/// <summary>Scans: the library's statements in its two round trips, and what they need to be right; no rules, no replays, no retries.</summary>
internal sealed class FloorScans(NpgsqlDataSource source)
{
    private const short Observe = 1;
    private const short Link = 2;
    private const short Capacity = 30;

    public async Task RecordAsync(FloorInput input, string area, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var id = Guid.Parse(input.ScanId!);
        string[] codes = input.Parent is { } named ? [input.Qr!, named] : [input.Qr!];
        var (bags, now, eventId, versions) = await LockAsync(connection, id, codes, cancellation);
        var bag = bags[input.Qr!];
        var parent = input.Parent is null ? null : bags[input.Parent];
        List<Bag> changed = [bag with { Area = bag.Area ?? area, ChangedAt = now }];
        if (parent is not null)
        {
            var count = parent.ChildCount + 1;
            var status = count == Capacity ? BagStatus.Completed : BagStatus.Pending;
            changed =
            [
                bag with { Area = bag.Area ?? area, Status = BagStatus.Linked, ParentId = parent.Id, LinkedAt = now, WeightKg = 1, ChangedAt = now },
                parent with { Area = parent.Area ?? area, ChildCount = count, ContentWeightKg = count, Status = status, ChangedAt = now },
            ];
        }

        await WriteAsync(connection, changed, new(id, eventId, now, input.Qr!, input.Parent, area), versions, cancellation);
        json.WriteStartObject("recordScan"u8);
        json.WriteString("outcome"u8, "RECORDED"u8);
        json.WriteNull("reason"u8);
        json.WriteNull("detail"u8);
        json.WriteStartObject("bag"u8);
        json.WriteString("qr"u8, input.Qr);
        json.WriteString("status"u8, changed[0].Status.ToString());
        json.WriteEndObject();
        if (parent is not null)
        {
            json.WriteStartObject("parent"u8);
            json.WriteString("status"u8, changed[1].Status.ToString());
            json.WriteNumber("childCount"u8, changed[1].ChildCount);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static async Task<(Dictionary<string, Bag> Bags, DateTimeOffset Now, long EventId, long[] Versions)> LockAsync(
        NpgsqlConnection connection, Guid id, string[] codes, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(TransactionSql.Begin).AddSettingsOfScans()
            .Add(ScanSql.Register, Parameter(codes), Parameter(codes.Select(code => (short)(code[0] == 'S' ? BagKind.Parent : BagKind.Child)).ToArray()))
            .Add(ScanSql.LockBags, Parameter(codes))
            .Add(ScanSql.ReadBags, Parameter(codes))
            .Add(ScanSql.ReadReceipts, Parameter(new[] { id }))
            .Add(ScanSql.Draw, Parameter(1), Parameter(2 * codes.Length));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var bags = new List<Bag>();
        await reader.ReadAllAsync(bags, BagReader.Read, cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (
            bags.ToDictionary(bag => bag.Qr.Value, StringComparer.Ordinal),
            reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<long[]>(1)[0], reader.GetFieldValue<long[]>(2));
    }

    private static async Task WriteAsync(NpgsqlConnection connection, List<Bag> bags, LogRow row, long[] versions, CancellationToken cancellation)
    {
        var isNew = bags.Where(bag => bag.Version == 0).ToList();
        var newParents = isNew.Count(bag => bag.Kind == BagKind.Parent);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(
            ScanSql.UpdateBags,
            Column(bags, bag => bag.Id), Column(bags, bag => (short)bag.Status), Column(bags, bag => bag.Area), Column(bags, bag => (int)(bag.WeightKg * 1000)),
            Column(bags, bag => (short)bag.ChildCount), Column(bags, bag => (long)(bag.ContentWeightKg * 1000)), Column(bags, bag => bag.ParentId),
            Column(bags, bag => bag.LinkedAt), Column(bags, bag => bag.ImportId), Column(bags, bag => bag.CreatedAt), Column(bags, bag => bag.ChangedAt),
            Parameter(versions[..bags.Count]));
        LogRow[] rows = [row];
        batch.Add(
            ScanSql.Append,
            Column(rows, r => r.EventId), Column(rows, r => r.Now), Column(rows, r => r.Now), Column(rows, r => r.Id),
            Column(rows, r => r.Parent is null ? Observe : Link), Column(rows, _ => (short)1), Column(rows, _ => (short?)null), Column(rows, r => r.Qr),
            Column(rows, r => r.Parent), Column(rows, _ => (string?)null), Column(rows, _ => (string?)null), Column(rows, _ => "floor"),
            Column(rows, r => r.Area), Column(rows, _ => (string?)null), Column(rows, _ => (Guid?)null));
        batch.Add(
            ScanSql.KeepReceipts,
            Column(rows, r => r.Id), Column(rows, r => r.Id), Column(rows, r => r.Now), Column(rows, r => r.EventId), Column(rows, _ => (short)1),
            Column(rows, _ => (short?)null), Column(rows, _ => "floor"), Column(rows, _ => (string?)null));
        batch.Add(
            TotalsSql.Add,
            Parameter(TotalsSlot.Pick()), Parameter((long)isNew.Count), Parameter((long)newParents), Parameter((long)(isNew.Count - newParents)),
            Parameter(0L), Parameter(1L), Parameter(0L));
        batch.Add(TransactionSql.Commit);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record LogRow(Guid Id, long EventId, DateTimeOffset Now, string Qr, string? Parent, string Area);
}
