using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace TraceTrack.LoadTest.Host;

internal sealed class FloorHandler(NpgsqlDataSource source)
{
    private readonly FloorReads _reads = new(source);
    private readonly FloorScans _scans = new(source);
    private readonly FloorBills _bills = new(source);
    private readonly FloorLogIn _logIn = new(source);

    /// <summary>/OPERATION/AREA: the area would be the session's.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/');
        var input = await FloorInput.ReadAsync(http.Request.BodyReader, http.RequestAborted);
        var output = new ArrayBufferWriter<byte>(1024);
        var json = new Utf8JsonWriter(output);
        await using (json)
        {
            json.WriteStartObject();
            json.WriteStartObject("data"u8);
            await AnswerAsync(Enum.Parse<Operation>(path[1]), path[2], input, json, http.RequestAborted);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = output.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(output.WrittenMemory, http.RequestAborted);
    }

    private Task AnswerAsync(Operation operation, string area, FloorInput input, Utf8JsonWriter json, CancellationToken cancellation) => operation switch
    {
        Operation.BagByQr => _reads.BagAsync(input.Qr!, json, cancellation),
        Operation.BagWithChildren => _reads.ChildrenAsync(input.Qr!, json, cancellation),
        Operation.Search => _reads.SearchAsync(input.Text!, area, json, cancellation),
        Operation.Bill => _reads.BillAsync(input.Number!, json, cancellation),
        Operation.ListPage => _reads.ListAsync(area, input.After, json, cancellation),
        Operation.Totals => _reads.TotalsAsync(json, cancellation),
        Operation.Scan => _scans.RecordAsync(input, area, json, cancellation),
        Operation.BillChange => _bills.ChangeAsync(input.Number!, input.Capacity, json, cancellation),
        Operation.LogIn => _logIn.LogInAsync(input.Name!, input.Password!, json, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
