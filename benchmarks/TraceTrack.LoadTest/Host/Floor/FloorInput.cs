using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace TraceTrack.LoadTest.Host;

/// <summary>The variables of a request. All are texts or numbers, and none is named twice, so where they stand does not matter.</summary>
internal readonly record struct FloorInput(
    string? Qr, string? Text, string? Number, string? After, string? Parent, string? ScanId, string? Action, string? Name, string? Password, int Capacity)
{
    public static async ValueTask<FloorInput> ReadAsync(PipeReader body, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var input = Read(read.Buffer);
            body.AdvanceTo(read.Buffer.End);
            return input;
        }
    }

    private static FloorInput Read(ReadOnlySequence<byte> json)
    {
        FloorInput input = default;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var name = reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number)
                input = input with { Capacity = reader.GetInt32() };
            else if (reader.TokenType == JsonTokenType.String && name != "query")
                input = With(input, name!, reader.GetString()!);
        }

        return input;
    }

    private static FloorInput With(FloorInput input, string name, string value) => name switch
    {
        "qr" => input with { Qr = value },
        "text" => input with { Text = value },
        "number" => input with { Number = value },
        "after" => input with { After = value },
        "parent" => input with { Parent = value },
        "scanId" => input with { ScanId = value },
        "action" => input with { Action = value },
        "name" => input with { Name = value },
        "password" => input with { Password = value },
        _ => input,
    };
}
