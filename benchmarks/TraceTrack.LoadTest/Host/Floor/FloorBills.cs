using System.Text.Json;
using Npgsql;
using TraceTrack.Postgres;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.LoadTest.Host;

/// <summary>Bills: created by the library's statements, resized by fewer than it needs, since nothing is decided.</summary>
internal sealed class FloorBills(NpgsqlDataSource source)
{
    private const string Biller = "floor";

    private const string Resize = """
        WITH b AS (
            UPDATE tracetrack.bill SET capacity = $2, changed_at = clock_timestamp(), version = nextval('tracetrack.version_seq')
            WHERE number = $1 RETURNING *
        ), happened AS (
            INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id) SELECT id, version, changed_at, 2, $3 FROM b
        )
        SELECT status, capacity, version FROM b
        """;

    public async Task ChangeAsync(string number, int capacity, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        // The users make bills of one capacity and give them another.
        if (capacity == BenchUser.NewBillCapacity)
            await CreateAsync(connection, number, capacity, json, cancellation);
        else
            await ResizeAsync(connection, number, capacity, json, cancellation);
    }

    private static async Task ResizeAsync(NpgsqlConnection connection, string number, int capacity, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var command = connection.Command(Resize, Parameter(number), Parameter(capacity), Parameter(Biller));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        Write("resizeBill", number, row.GetInt32(1), row.GetInt64(2), json);
    }

    private static async Task CreateAsync(NpgsqlConnection connection, string number, int capacity, Utf8JsonWriter json, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(TransactionSql.Begin)
            .Add(BillSql.Take, Parameter(number), Parameter(capacity), Parameter(Biller))
            .Add(BillSql.Create, Parameter(number), Parameter(TotalsSlot.Pick()))
            .Add(TransactionSql.Commit);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        Write("createBill", number, row.GetInt32(3), row.GetInt64(10), json);
        while (await row.NextResultAsync(cancellation))
        {
        }
    }

    private static void Write(string field, string number, int capacity, long version, Utf8JsonWriter json)
    {
        json.WriteStartObject(field);
        json.WriteStartObject("bill"u8);
        json.WriteString("number"u8, number);
        json.WriteString("status"u8, "NEW"u8);
        json.WriteNumber("capacity"u8, capacity);
        json.WriteNumber("version"u8, version);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
