using System.Text.Json;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>A line of NDJSON as a bag.</summary>
internal static class BagJson
{
    public const string Members = "qr, parent, area and weightKg";

    /// <summary>Refused by the rules of imports as a weight no bag has.</summary>
    private const decimal NotANumber = -1;

    /// <returns>The bag; when the line is none, what is known of it and the problem.</returns>
    public static BagRow Parse(ReadOnlySpan<byte> text)
    {
        var bag = default(BagRow);
        try
        {
            var json = new Utf8JsonReader(text);
            Read(ref json, ref bag);
        }
        catch (JsonException)
        {
            bag = bag with { Problem = "This is not one whole JSON object, such as {\"qr\":\"CB1\",\"parent\":\"SB1\"}." };
        }
        catch (InvalidOperationException)
        {
            bag = bag with { Problem = "A text in it is not UTF-8, or has half a surrogate pair." };
        }

        return bag;
    }

    private static void Read(ref Utf8JsonReader json, ref BagRow bag)
    {
        var seen = 0;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref json);
            if (member < 0)
                bag = Refuse(bag, $"'{Shorten(json.GetString()!)}' is no member of a bag. Known are {Members}.");
            else if ((seen & (1 << member)) != 0)
                bag = Refuse(bag, $"The member {json.GetString()} is there twice.");
            else
                Take(ref json, member, ref bag);
            if (member >= 0)
                seen |= 1 << member;
            json.Skip();
        }

        // Whatever follows the object is an error of the reader's.
        json.Read();
    }

    private static void Take(ref Utf8JsonReader json, int member, ref BagRow bag)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return;
        if (json.TokenType != (member == 3 ? JsonTokenType.Number : JsonTokenType.String))
        {
            bag = Refuse(bag, member == 3 ? "weightKg must be a number." : $"{Name(member)} must be a string.");
            return;
        }

        bag = member switch
        {
            0 => bag with { Qr = json.GetString() },
            1 => bag with { ParentQr = json.GetString() },
            2 => bag with { Area = json.GetString() },
            _ => bag with { WeightKg = json.TryGetDecimal(out var weight) ? weight : NotANumber },
        };
    }

    private static int MemberOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("qr"u8) ? 0
        : json.ValueTextEquals("parent"u8) ? 1
        : json.ValueTextEquals("area"u8) ? 2
        : json.ValueTextEquals("weightKg"u8) ? 3
        : -1;

    private static string Name(int member) => member switch { 0 => "qr", 1 => "parent", _ => "area" };

    /// <summary>The first problem is told.</summary>
    private static BagRow Refuse(in BagRow bag, string problem) => bag.Problem is null ? bag with { Problem = problem } : bag;

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
