using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Hostile;

/// <summary>Bodies that somebody made to hurt. Each is as large as it can be while it is still read.</summary>
internal static class HostileBodies
{
    private const int Room = 60_000;

    public static readonly IReadOnlyDictionary<string, Func<byte[]>> All = new Dictionary<string, Func<byte[]>>(StringComparer.Ordinal)
    {
        ["deep"] = () => Document(Nest("{ bag(qr: \"C0001\") ", "{ parent ", "{ qr }", "}", "}")),
        ["deep arguments"] = () => Document(Nest("{ bag(qr: ", "[", "", "]", ") { qr } }")),
        ["deep input"] = () => Document(Nest("{ bags(filter: ", "{ kind: ", "PARENT", "}", ") { nodes { qr } } }")),
        ["deep types"] = () => Document(Nest("query($x: ", "[", "Int", "]", ") { me { id } }")),
        ["deep inline fragments"] = () => Document(Nest("{ me { ", "... { ", "id", "}", "} }")),
        ["deep JSON"] = () => Bytes(Nest("""{"query":"{ me { id } }","variables":""", "[", "", "]", "}", 200_000)),
        ["deep variables"] = () => Bytes(Nest("""{"query":"query($f: BagFilter) { bags(filter: $f) { nodes { qr } } }","variables":{"f":""", """{"kind":""", "1", "}", "}}", 300)),
        ["wide"] = () => Document($"{{ {Repeat("me { id } ")} }}"),
        ["wide selection"] = () => Document($"{{ me {{ {Repeat("id ")} }} }}"),
        ["ten thousand aliases"] = () => Document($"{{ {Numbered(10_000, "a{0}:me{{id}}", Room)} }}"),
        ["aliases of log-ins"] = () => Document($"mutation {{ {Numbered(900, "a{0}: login(userName: \"x\", password: \"y\") {{ token }} ", Room)} }}"),
        ["cyclic fragments"] = () => Document("{ bag(qr: \"C0001\") { ...a } } fragment a on Bag { parent { ...b } } fragment b on Bag { parent { ...a } }"),
        ["a fragment of itself"] = () => Document("{ ...a } fragment a on Query { ...a ...a }"),
        ["doubling fragments"] = () => Document($"{{ bag(qr: \"C0001\") {{ ...f0 }} }} {Chain(60, "...f{0} ...f{0}")} fragment f60 on Bag {{ qr }}"),
        ["a long chain of fragments"] = () => Document($"{{ bag(qr: \"C0001\") {{ ...f0 }} }} {Chain(900, "...f{0}")} fragment f900 on Bag {{ qr }}"),
        ["unused fragments"] = () => Document($"{{ me {{ id }} }} {Numbered(1_500, "fragment f{0} on Bag {{ qr }} ", Room)}"),
        ["many operations"] = () => Document(Numbered(2_000, "query q{0} {{ me {{ id }} }} ", Room)),
        ["many directives"] = () => Document($"{{ me {{ id {Repeat("@skip(if: false) ")} }} }}"),
        ["unknown directives"] = () => Document($"{{ me {{ id {Repeat("@no ")} }} }}"),
        ["many variables"] = () => Document($"query({Numbered(3_000, "$v{0}: Int ", Room)}) {{ me {{ id }} }}"),
        ["many arguments"] = () => Document($"{{ bag({Numbered(3_000, "a{0}: 1 ", Room)}) {{ qr }} }}"),
        ["overlapping fields"] = () => Document($"{{ {Numbered(400, "bag(qr: \"C{0}\") {{ qr parent {{ qr }} }} ", Room)} }}"),
        ["huge integers"] = () => Document($"{{ bags(first: {new string('9', 50_000)}) {{ nodes {{ qr }} }} }}"),
        ["huge floats"] = () => Document($"{{ bags(first: 1e{new string('9', 50_000)}) {{ nodes {{ qr }} }} }}"),
        ["huge integer variables"] = () => Bytes($$$"""{"query":"query($n: Int) { bags(first: $n) { nodes { qr } } }","variables":{"n":{{{new string('9', 100_000)}}}}}"""),
        ["huge exponent variables"] = () => Bytes("""{"query":"query($n: Int) { bags(first: $n) { nodes { qr } } }","variables":{"n":1e999999999}}"""),
        ["huge variables"] = () => Bytes($$$"""{"query":"query($t: String!) { search(text: $t) { qr } }","variables":{"t":"{{{new string('x', 400_000)}}}"}}"""),
        ["many unused variables"] = () => Bytes($$$"""{"query":"{ me { id } }","variables":{{{{string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"v{i}\":1"))}}}}}"""),
        ["a list for one"] = () => Bytes($$$"""{"query":"query($t: String!) { search(text: $t) { qr } }","variables":{"t":[{{{string.Join(',', Enumerable.Repeat("1", 100_000))}}}]}}"""),
        ["a batch of many"] = () => Bytes($$$"""{"query":"mutation($q: [String!]!) { deleteBags(qrs: $q) { deleted } }","variables":{"q":[{{{string.Join(',', Enumerable.Repeat("\"C0001\"", 40_000))}}}]}}"""),
        ["an unterminated string"] = () => Document("{ bag(qr: \"" + new string('x', Room)),
        ["an unterminated block string"] = () => Document("{ bag(qr: \"\"\"" + new string('"', Room)),
        ["escapes"] = () => Document("{ bag(qr: \"" + Repeat("\\u0000") + "\") { qr } }"),
        ["wrong escapes"] = () => Document("{ bag(qr: \"" + Repeat("\\ud800") + "\") { qr } }"),
        ["nothing but brackets"] = () => Document(new string('{', Room)),
        ["nothing but spaces"] = () => Document(new string(' ', Room)),
        ["nothing but comments"] = () => Document(Repeat("#\n")),
        ["a name of 60,000 letters"] = () => Document("{ " + new string('a', Room) + " }"),
        ["an operation's name of 60,000 letters"] = () => Document("query " + new string('a', Room) + " { me { id } }"),
        ["zero bytes"] = () => Document("{ me { id } }" + new string('\0', 1_000)),
        ["nested lists of introspection"] = () => Document("{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"),
        ["malformed UTF-8"] = () => [.. """ {"query":"{ bag(qr: \" """u8, 0xC3, 0x28, 0xF8, 0x88, 0xED, 0xA0, 0x80, .. """\") { qr } }"}"""u8],
        ["a lone surrogate"] = () => Bytes("""{"query":"query($t: String!) { search(text: $t) { qr } }","variables":{"t":"\udfff"}}"""),
        ["malformed JSON"] = () => Bytes("""{"query":"{ me { id } }",,}"""),
        ["cut JSON"] = () => Bytes("""{"query":"{ me { id } }","variables":{"a":"""),
        ["members twice"] = () => Bytes("""{"query":"{ me { id } }","query":"{","variables":{},"variables":[]}"""),
        ["many members"] = () => Bytes($$$"""{{{{string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"m{i}\":1"))}}},"query":"{ me { id } }"}"""),
        ["ten megabytes"] = () => Bytes($$$"""{"query":"{ me { id } }","x":"{{{new string('x', 10 * 1024 * 1024)}}}"}"""),
        ["ten megabytes of document"] = () => Document("{ me { id } } #" + new string('x', 10 * 1024 * 1024)),
        ["an empty body"] = () => [],
    };

    public static byte[] Document(string query) => Bytes(JsonSerializer.Serialize(new { query }));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string part) => string.Concat(Enumerable.Repeat(part, Room / part.Length));

    private static string Nest(string head, string open, string middle, string close, string tail, int room = Room)
    {
        var times = room / (open.Length + close.Length);
        return head + string.Concat(Enumerable.Repeat(open, times)) + middle + string.Concat(Enumerable.Repeat(close, times)) + tail;
    }

    private static string Numbered(int count, string format, int room)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count && text.Length < room; i++)
            text.Append(CultureInfo.InvariantCulture, $"{string.Format(CultureInfo.InvariantCulture, format, i)} ");
        return text.ToString();
    }

    private static string Chain(int count, string next) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $"fragment f{i} on Bag {{ {string.Format(CultureInfo.InvariantCulture, next, i + 1)} }} "));
}
