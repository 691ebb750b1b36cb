using System.Text;

namespace TraceTrack.LoadTest.Host;

/// <summary>The bodies of requests, as clients send them: whole documents with variables. Each is the text up to its variables.</summary>
internal static class Documents
{
    public static readonly byte[] Bag = Of(
        "query Bag($qr: String!) { bag(qr: $qr) { qr kind status area weightKg childCount version changedAt parent { qr } } }");

    public static readonly byte[] Children = Of(
        "query Children($qr: String!) { bag(qr: $qr) { qr status area childCount contentWeightKg children { qr status weightKg } } }");

    public static readonly byte[] Search = Of("query Search($text: String!) { search(text: $text, first: 20) { qr kind status } }");

    public static readonly byte[] Bill = Of(
        "query Bill($number: String!) { bill(number: $number) { number status capacity parentCount actualWeightKg createdAt version } }");

    public static readonly byte[] List = Of(
        "query Parents($after: String) { bags(filter: { kind: PARENT }, first: 50, after: $after) { nodes { qr status childCount } pageInfo { hasNextPage endCursor } } }");

    public static readonly byte[] Totals = Of("{ totals { bags parents children bills scans users } }");

    public static readonly byte[] Many = Of("query Many($qrs: [String!]!) { bagsByQr(qrs: $qrs) { bag { qr status } } }");

    public static readonly byte[] Scan = Of(
        "mutation Scan($input: RecordScanInput!) { recordScan(input: $input) { outcome reason detail bag { qr status } parent { status childCount } } }");

    public static readonly byte[] Create = Of("mutation Create($input: CreateBillInput!) { createBill(input: $input) { bill { number status capacity version } } }");

    public static readonly byte[] Resize = Of("mutation Resize($input: ResizeBillInput!) { resizeBill(input: $input) { bill { number status capacity version } } }");

    public static readonly byte[] LogIn = Of(
        "mutation LogIn($name: String!, $password: String!) { login(userName: $name, password: $password) { token expiresAt user { userName area } } }");

    private static byte[] Of(string document) => Encoding.UTF8.GetBytes($$"""{"query":"{{document}}","variables":""");
}
