using System.Text.Json;
using Npgsql;
using TraceTrack.Postgres;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.LoadTest.Host;

/// <summary>Reads: from the row into the answer.</summary>
internal sealed class FloorReads(NpgsqlDataSource source)
{
    private const int PageSize = 50;
    private const int Found = 20;

    private const BagListParts FirstPage = BagListParts.Parents | BagListParts.Area;

    private static readonly string SearchPrefix = Wider(BagSql.SearchPrefix);
    private static readonly string SearchInside = Wider(BagSql.SearchInside);
    private static readonly string[] Kinds = ["", "PARENT", "CHILD"];
    private static readonly string[] Statuses = ["PENDING", "LINKED", "COMPLETED", "BILLED", "DISPATCHED"];
    private static readonly string[] BillStatuses = ["NEW", "PROCESSING", "COMPLETED"];

    public async Task BagAsync(string qr, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var command = Command(BagSql.Find, Parameter(qr));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        json.WriteStartObject("bag"u8);
        json.WriteString("qr"u8, row.GetString(1));
        json.WriteString("kind"u8, Kinds[row.GetInt16(2)]);
        json.WriteString("status"u8, Statuses[row.GetInt16(3)]);
        json.WriteString("area"u8, row.NullableString(4));
        json.WriteNumber("weightKg"u8, row.GetInt32(5) / 1000m);
        json.WriteNumber("childCount"u8, row.GetInt16(6));
        json.WriteNumber("version"u8, row.GetInt64(16));
        json.WriteString("changedAt"u8, row.GetFieldValue<DateTimeOffset>(15));
        if (row.NullableString(9) is { } parent)
        {
            json.WriteStartObject("parent"u8);
            json.WriteString("qr"u8, parent);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public async Task ChildrenAsync(string qr, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var batch = source.CreateBatch();
        batch.Add(BagSql.Find, Parameter(qr)).Add(BagSql.ChildrenOf, Parameter(new[] { qr }));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        json.WriteStartObject("bag"u8);
        json.WriteString("qr"u8, row.GetString(1));
        json.WriteString("status"u8, Statuses[row.GetInt16(3)]);
        json.WriteString("area"u8, row.NullableString(4));
        json.WriteNumber("childCount"u8, row.GetInt16(6));
        json.WriteNumber("contentWeightKg"u8, row.GetInt64(7) / 1000m);
        await row.NextResultAsync(cancellation);
        json.WriteStartArray("children"u8);
        while (await row.ReadAsync(cancellation))
        {
            json.WriteStartObject();
            json.WriteString("qr"u8, row.GetString(1));
            json.WriteString("status"u8, Statuses[row.GetInt16(3)]);
            json.WriteNumber("weightKg"u8, row.GetInt32(5) / 1000m);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public async Task SearchAsync(string text, string area, Utf8JsonWriter json, CancellationToken cancellation)
    {
        var beyond = text + '\u007f';
        json.WriteStartArray("search"u8);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var begins = connection.Command(SearchPrefix, Parameter(text), Parameter(beyond), Parameter((long)Found), Parameter(area));
        var found = await WriteFoundAsync(begins, json, cancellation);
        if (found < Found)
        {
            await using var holds = connection.Command(
                SearchInside, Parameter(text), Parameter(beyond), Parameter((long)(Found - found)), Parameter(area), Parameter($"%{text}%"));
            await WriteFoundAsync(holds, json, cancellation);
        }

        json.WriteEndArray();
    }

    public async Task BillAsync(string number, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var command = Command(BillSql.Find, Parameter(number));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        json.WriteStartObject("bill"u8);
        json.WriteString("number"u8, row.GetString(1));
        json.WriteString("status"u8, BillStatuses[row.GetInt16(2)]);
        json.WriteNumber("capacity"u8, row.GetInt32(3));
        json.WriteNumber("parentCount"u8, row.GetInt32(4));
        json.WriteNumber("actualWeightKg"u8, row.GetInt64(5) / 1000m);
        json.WriteString("createdAt"u8, row.GetFieldValue<DateTimeOffset>(7));
        json.WriteNumber("version"u8, row.GetInt64(10));
        json.WriteEndObject();
    }

    public async Task ListAsync(string area, string? after, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var command = after is null
            ? Command(BagSql.List(FirstPage), Parameter(area), Parameter((long)PageSize + 1))
            : Command(BagSql.List(FirstPage | BagListParts.From), Parameter(area), Parameter(after), Parameter((long)PageSize + 1));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var (count, last) = (0, "");
        json.WriteStartObject("bags"u8);
        json.WriteStartArray("nodes"u8);
        while (await row.ReadAsync(cancellation) && ++count <= PageSize)
        {
            json.WriteStartObject();
            json.WriteString("qr"u8, last = row.GetString(1));
            json.WriteString("status"u8, Statuses[row.GetInt16(3)]);
            json.WriteNumber("childCount"u8, row.GetInt16(6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("pageInfo"u8);
        json.WriteBoolean("hasNextPage"u8, count > PageSize);
        json.WriteString("endCursor"u8, last);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public async Task TotalsAsync(Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var command = Command(TotalsSql.Get);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        json.WriteStartObject("totals"u8);
        json.WriteNumber("bags"u8, row.GetInt64(0));
        json.WriteNumber("parents"u8, row.GetInt64(1));
        json.WriteNumber("children"u8, row.GetInt64(2));
        json.WriteNumber("bills"u8, row.GetInt64(3));
        json.WriteNumber("scans"u8, row.GetInt64(4));
        json.WriteNumber("users"u8, row.GetInt64(5));
        json.WriteEndObject();
    }

    private static async Task<int> WriteFoundAsync(NpgsqlCommand command, Utf8JsonWriter json, CancellationToken cancellation)
    {
        var found = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        for (; await row.ReadAsync(cancellation); found++)
        {
            json.WriteStartObject();
            json.WriteString("qr"u8, row.GetString(0));
            json.WriteString("kind"u8, Kinds[row.GetInt16(1)]);
            json.WriteString("status"u8, Statuses[row.GetInt16(2)]);
            json.WriteEndObject();
        }

        return found;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    // The library finds codes, and their rows in the cache; here it is one statement.
    private static string Wider(string sql) => sql.Replace("SELECT qr FROM", "SELECT qr, kind, status FROM", StringComparison.Ordinal);
}
