using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Hostile;

/// <summary>Valid requests, damaged at random. The seed of a failure is in its message; TRACETRACK_FUZZ_SEED tries it again.</summary>
[Collection(HostileCollection.Name)]
public sealed class MutatedDocumentTests(HostileHost host)
{
    private const int Requests = 1_500;

    private static readonly string[] Valid =
    [
        "query Find($qr: String!) { bag(qr: $qr) { qr kind status weightKg parent { qr children { qr } bill { number } } } }",
        "{ bags(first: 3, filter: { kind: PARENT, status: LINKED }) { nodes { qr children { ...b } } pageInfo { endCursor hasNextPage } } } fragment b on Bag { qr area changedAt version }",
        "query($n: Int = 5, $yes: Boolean! = true) { scans(first: $n) { edges { cursor node { id action @include(if: $yes) user { userName } } } } }",
        "mutation($input: RecordScanInput!) { recordScan(input: $input) { outcome reason scan { id } bag { qr } parent { qr childCount } } }",
        "mutation { recordScans(scans: [{ scanId: \"0199c1de-0000-7000-8000-000000000001\", action: LINK, qr: \"C0001\", parent: \"SB0001\" }]) { recorded results { outcome detail } } }",
        "mutation { deleteBags(qrs: [\"C0001\", \"C0002\"]) { deleted refused results { qr outcome } } }",
        "mutation { createBill(input: { number: \"B-1\", capacity: 5 }) { bill { number status } } }",
        "mutation { createUser(input: { userName: \"erin\", password: \"correct horse\", role: DISPATCHER, area: \"A1\" }) { user { id } } }",
        "query { daySummary(date: \"2026-11-25\", timeZone: \"Europe/Berlin\") { from before total { bills parents } } }",
        "{ search(text: \"\"\"C0\"\"\", first: 20) { qr } totals { bags } me { id role } users { nodes { id } } }",
        "query a { bagHistory(qr: \"C0001\", first: 3) { nodes { at kind action otherQr } } } query b { billHistory(number: \"B-1\") { nodes { at } } }",
        "{ parentAt(child: \"C0001\", at: \"2026-11-25T13:03:30Z\") { parentQr since } contentsAt(parent: \"SB0001\", at: \"2026-11-26T00:00:00Z\") { childQr } }",
        "{ __type(name: \"Bag\") { name fields { name type { name ofType { name } } } } }",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "!", ":", "...", "@skip(if: true)", "@include(if: $x)", "$x", "null", "true", "-1", "0", "1e9", "2147483648", "9223372036854775808",
        "\"", "\"\"\"", "\\", "\\u0000", "#", "on", "fragment f on Bag { qr ...f }", "query", "mutation", "subscription", "{ __typename }", "first: 200", "first: -1",
        "LINK", "\"x\"", "\u0000", "\uFEFF", "é", "💥", ",", "=", "|", "&", "a:", "...f", "extend type Bag { x: Int }", "0199c1de-0000-7000-8000-000000000002",
    ];

    [Fact]
    public async Task No_damage_makes_the_server_fail()
    {
        var given = Environment.GetEnvironmentVariable("TRACETRACK_FUZZ_SEED");
        var first = given is null ? Random.Shared.Next(1_000_000_000) : int.Parse(given, CultureInfo.InvariantCulture);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForEachAsync(
            Enumerable.Range(first, given is null ? Requests : 1),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (seed, _) => await host.ThrowAsync(Damage(new Random(seed)), $"seed {seed}", anonymous: seed % 7 == 0));
        await host.ServesAsync();
        Assert.Empty(host.TakeFailures());
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64L * 1024 * 1024);
    }

    private static byte[] Damage(Random random)
    {
        var document = Valid[random.Next(Valid.Length)];
        for (var times = random.Next(1, 6); times > 0; times--)
            document = Damage(document, random);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { query = document, variables = Variables(random), operationName = random.Next(5) == 0 ? "a" : null });
        // Sometimes what is around the document too.
        for (var times = random.Next(8) == 0 ? random.Next(1, 4) : 0; times > 0; times--)
            body[random.Next(body.Length)] = (byte)random.Next(256);
        return random.Next(20) == 0 ? body[..random.Next(body.Length)] : body;
    }

    private static string Damage(string text, Random random)
    {
        var (at, length) = (random.Next(text.Length + 1), random.Next(1, 12));
        var end = Math.Min(text.Length, at + length);
        return random.Next(6) switch
        {
            0 => text[..at] + text[end..],
            1 => text[..end] + text[at..],
            2 => text[..at] + Pieces[random.Next(Pieces.Length)] + text[at..],
            3 => text[..at] + Pieces[random.Next(Pieces.Length)] + text[end..],
            4 => text[..at] + new StringBuilder().Insert(0, Pieces[random.Next(Pieces.Length)] + " ", random.Next(1, 200)) + text[at..],
            _ => Splice(text, Valid[random.Next(Valid.Length)], random),
        };
    }

    private static string Splice(string text, string other, Random random) => text[..random.Next(text.Length + 1)] + other[random.Next(other.Length)..];

    private static object? Variables(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => new { qr = "C0001", n = random.Next(), yes = true },
        2 => new { qr = 7, n = "x", yes = (string?)null },
        3 => new { input = new { scanId = new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), action = "LINK", qr = $"C{random.Next(1_000, 1_100)}", parent = "SB0001" } },
        4 => new { input = new object?[] { null, new { input = 1 } } },
        _ => new { input = new { scanId = "", action = "NONE", qr = "\u0000", bill = -1 } },
    };
}
