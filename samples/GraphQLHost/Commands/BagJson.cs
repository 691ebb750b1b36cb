using System.Text.Json;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>A line of NDJSON as a bag.</summary>
internal static class BagJson
{
    public const string Members = "qr, parent, area and weightKg";

    /// <summary>Refused by the rules of imports as a weight no bag has.</summary>
    private const decimal NotANumber = -1;

    public static BagRow Parse(ReadOnlySpan<byte> text, long line)
    {
        try
        {
            var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 2 });
            return Read(ref json, line);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter: text that is no UTF-8, or half a surrogate pair.
            throw BagCsv.Invalid(line, "This is not one whole JSON object, such as {\"qr\":\"CB1\",\"parent\":\"SB1\"}.");
        }
    }

    private static BagRow Read(ref Utf8JsonReader json, long line)
    {
        string? qr = null, parent = null, area = null;
        decimal? weight = null;
        var seen = 0;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref json);
            if (member < 0)
                throw BagCsv.Invalid(line, $"'{Shorten(json.GetString()!)}' is no member of a bag. Known are {Members}.");
            if ((seen & (1 << member)) != 0)
                throw BagCsv.Invalid(line, $"The member {json.GetString()} is there twice.");
            seen |= 1 << member;
            json.Read();
            switch (member)
            {
                case 0:
                    qr = Text(ref json, "qr", line);
                    break;
                case 1:
                    parent = Text(ref json, "parent", line);
                    break;
                case 2:
                    area = Text(ref json, "area", line);
                    break;
                default:
                    weight = Weight(ref json, line);
                    break;
            }
        }

        // Whatever follows the object is an error of the reader's.
        json.Read();
        return new(qr, parent, area, weight);
    }

    private static int MemberOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("qr"u8) ? 0
        : json.ValueTextEquals("parent"u8) ? 1
        : json.ValueTextEquals("area"u8) ? 2
        : json.ValueTextEquals("weightKg"u8) ? 3
        : -1;

    private static string? Text(ref Utf8JsonReader json, string member, long line) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString(),
        JsonTokenType.Null => null,
        _ => throw BagCsv.Invalid(line, $"{member} must be a string."),
    };

    private static decimal? Weight(ref Utf8JsonReader json, long line) => json.TokenType switch
    {
        JsonTokenType.Number => json.TryGetDecimal(out var weight) ? weight : NotANumber,
        JsonTokenType.Null => null,
        _ => throw BagCsv.Invalid(line, "weightKg must be a number."),
    };

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
