using System.Globalization;
using System.Text.Json;

namespace GraphQLHost.EndToEnd.Nodes;

/// <summary>
/// A client that sends each request to a node of chance. Its bags and bills are its own, so it knows what they must look like; the parents that all
/// clients share can only have gone on.
/// </summary>
internal sealed class NodeClient(Cluster cluster, string name, int number, int seed)
{
    public const string SharedParents = "SB99";

    private const string Bag = "qr status version childCount contentWeightKg parent { qr } children { qr status } bill { number status }";
    private const string Bill = "number status capacity parentCount actualWeightKg version parents { qr status }";

    // What the rules may say to a bill chosen by chance.
    private static readonly string[] Refusals = ["BILL_EMPTY", "BILL_COMPLETED", "BILL_NOT_COMPLETED", "BILL_EXISTS", "BILL_CAPACITY_EXCEEDED", "BILL_NOT_FOUND"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Random _random = new(seed);
    private readonly List<(string Qr, string Parent)> _imported = [];
    private object? _lastScan;
    private string _token = "";

    public HashSet<string> Bags { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Bills { get; } = new(StringComparer.Ordinal);

    public List<Guid> Imports { get; } = [];

    public List<string> EndedTokens { get; } = [];

    public string Token => _token;

    public int Scans { get; private set; }

    public async Task LogInAsync()
    {
        var data = await cluster.DataAsync(
            Node(), null, "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token } }", new { n = name, p = Cluster.Password });
        _token = data.GetProperty("login").GetProperty("token").GetString()!;
    }

    public Task StepAsync() => _random.Next(12) switch
    {
        < 5 => ScanChildAsync(),
        5 or 6 => ScanAsync(new { scanId = Guid.NewGuid(), action = Pick("LOAD", "LOAD", "UNLOAD"), qr = OwnParent(), bill = OwnBill() }),
        7 => ScanAsync(new { scanId = Guid.NewGuid(), action = "UNDO" }),
        8 => RepeatAsync(),
        9 => ChangeBillAsync(),
        10 => ImportAsync(),
        _ => ChangeSessionAsync(),
    };

    /// <summary>What a node says of everything this client has touched.</summary>
    public async Task<string> EverythingAsync(int node)
    {
        var bags = Bags.Order(StringComparer.Ordinal).Select((qr, i) => $"b{i}: bag(qr: \"{qr}\") {{ {Bag} }}");
        var bills = Bills.Order(StringComparer.Ordinal).Select((bill, i) => $"l{i}: bill(number: \"{bill}\") {{ {Bill} }}");
        var imports = Imports.Select((id, i) => $"i{i}: import(id: \"{id}\") {{ rowsRead parents children updated rejected }}");
        var answers = new List<string>();
        foreach (var chunk in bags.Concat(bills).Concat(imports).Chunk(20))
            answers.Add((await cluster.DataAsync(node, _token, $"{{ {string.Join(' ', chunk)} }}")).GetRawText());
        return string.Join('\n', answers);
    }

    public async Task AssertEndedAsync(int node)
    {
        foreach (var token in EndedTokens)
            Assert.True(await IsRefusedAsync(node, token), $"Node {node} takes a session that has ended.");
    }

    private Task ScanChildAsync()
    {
        var child = string.Create(CultureInfo.InvariantCulture, $"C{number}-{_random.Next(12)}");
        var parent = _random.Next(3) == 0 ? SharedParents + _random.Next(2).ToString(CultureInfo.InvariantCulture) : OwnParent();
        var id = Guid.NewGuid();
        return ScanAsync(Pick("LINK", "LINK", "RELINK", "UNLINK", "OBSERVE") switch
        {
            "OBSERVE" => new { scanId = id, action = "OBSERVE", qr = child },
            "UNLINK" => new { scanId = id, action = "UNLINK", qr = child },
            var action => new { scanId = id, action, qr = child, parent },
        });
    }

    private async Task ScanAsync(object scan)
    {
        Scans++;
        _lastScan = scan;
        var (node, answer) = await RecordAsync(scan);
        Assert.False(answer.GetProperty("replay").GetBoolean());
        await CheckAsync(node, [.. new[] { "bag", "parent", "fromParent", "bill" }.Select(member => answer.GetProperty(member)).Where(state => state.ValueKind != JsonValueKind.Null)]);
    }

    /// <summary>The same scan again, by whichever node.</summary>
    private async Task RepeatAsync()
    {
        if (_lastScan is null)
            return;
        var (_, answer) = await RecordAsync(_lastScan);
        Assert.True(answer.GetProperty("replay").GetBoolean(), answer.GetRawText());
    }

    private async Task<(int Node, JsonElement Answer)> RecordAsync(object scan)
    {
        var node = Node();
        var data = await cluster.DataAsync(
            node,
            _token,
            $"mutation($scan: RecordScanInput!) {{ recordScan(input: $scan) {{ outcome replay reason bag {{ {Bag} }} parent {{ {Bag} }} fromParent {{ {Bag} }} bill {{ {Bill} }} }} }}",
            new { scan });
        return (node, data.GetProperty("recordScan"));
    }

    private async Task ChangeBillAsync()
    {
        var node = Node();
        var bill = OwnBill();
        var (verb, more) = Bills.Contains(bill)
            ? Pick("completeBill", "reopenBill", "resizeBill") is var change && change == "resizeBill" ? (change, $", capacity: {_random.Next(1, 6)}") : (change, "")
            : ("createBill", ", capacity: 3");
        var answer = await cluster.AskAsync(node, _token, $"mutation {{ {verb}(input: {{ number: \"{bill}\"{more} }}) {{ bill {{ {Bill} }} }} }}");
        if (answer.TryGetProperty("errors", out var errors))
        {
            Assert.Contains(errors[0].GetProperty("extensions").GetProperty("code").GetString(), Refusals);
            return;
        }

        await CheckAsync(node, answer.GetProperty("data").GetProperty(verb).GetProperty("bill"));
    }

    private async Task ImportAsync()
    {
        var node = Node();
        var (id, parent) = (Guid.NewGuid(), string.Create(CultureInfo.InvariantCulture, $"SB8{number}{Imports.Count:000}"));
        var rows = Enumerable.Range(0, 3).Select(i => (Qr: string.Create(CultureInfo.InvariantCulture, $"I{number}-{Imports.Count}-{i}"), Parent: parent)).ToList();
        if (_imported.Count > 0)
            rows.Add(_imported[_random.Next(_imported.Count)]);
        var weight = string.Create(CultureInfo.InvariantCulture, $"{_random.Next(1, 10)}.{_random.Next(1000):000}");
        var csv = $"qr,parent,weight_kg\n{parent},,\n" + string.Concat(rows.Select(row => $"{row.Qr},{row.Parent},{weight}\n"));
        var (status, report) = await cluster.ImportAsync(node, _token, id, csv);
        // Several imports at once may have to wait for one another longer than they do; the same one again is safe.
        while (status == 409 && report.Contains("STORE_BUSY", StringComparison.Ordinal))
            (status, report) = await cluster.ImportAsync(node, _token, id, csv);
        Assert.True(status == 200 && report.Contains("\"rejected\":0,", StringComparison.Ordinal), $"Node {node}: {status} {report}");
        Imports.Add(id);
        _imported.AddRange(rows.Take(3));
        Bags.UnionWith([parent, .. rows.Select(row => row.Qr)]);

        async Task<bool> HasAsync(int asked)
        {
            var data = await cluster.DataAsync(asked, _token, "query($qrs: [String!]!) { bagsByQr(qrs: $qrs) { bag { qr weightKg parent { qr } } } }", new { qrs = rows.Select(row => row.Qr) });
            var wanted = rows.Select(row => $$$$"""{"bag":{"qr":"{{{{row.Qr}}}}","weightKg":{{{{weight}}}},"parent":{"qr":"{{{{row.Parent}}}}"}}}""");
            return data.GetProperty("bagsByQr").GetRawText() == $"[{string.Join(',', wanted)}]";
        }

        Assert.True(await HasAsync(node), $"Node {node} does not show what it has imported.");
        await OthersAsync(node, HasAsync, "what was imported");
    }

    private async Task ChangeSessionAsync()
    {
        var (node, ended) = (Node(), _token);
        Assert.True((await cluster.DataAsync(node, ended, "mutation { logout { loggedOut } }")).GetProperty("logout").GetProperty("loggedOut").GetBoolean());
        EndedTokens.Add(ended);
        Assert.True(await IsRefusedAsync(node, ended), $"Node {node} takes the session that it has ended.");
        await LogInAsync();
        await OthersAsync(node, other => IsRefusedAsync(other, ended), "a session's end");
    }

    private async Task<bool> IsRefusedAsync(int node, string token)
    {
        var answer = await cluster.AskAsync(node, token, "{ me { id } }");
        return answer.TryGetProperty("errors", out var errors) && errors[0].GetProperty("extensions").GetProperty("code").GetString() == "UNAUTHENTICATED";
    }

    /// <summary>The node that wrote shows what it answered, at once; the others do so soon.</summary>
    private async Task CheckAsync(int node, params JsonElement[] written)
    {
        foreach (var state in written)
        {
            var isBill = state.TryGetProperty("number", out var key);
            (isBill ? Bills : Bags).Add((isBill ? key : state.GetProperty("qr")).GetString()!);
            var (shown, text) = await ShowsAsync(node, state);
            Assert.True(shown, $"Node {node} wrote {state.GetRawText()} and shows {text}");
        }

        foreach (var state in written)
            await OthersAsync(node, async other => (await ShowsAsync(other, state)).Shown, state.GetRawText());
    }

    private async Task<(bool Shown, string Text)> ShowsAsync(int node, JsonElement state)
    {
        var data = state.TryGetProperty("number", out var number)
            ? await cluster.DataAsync(node, _token, $"query($key: String!) {{ it: bill(number: $key) {{ {Bill} }} }}", new { key = number.GetString() })
            : await cluster.DataAsync(node, _token, $"query($key: String!) {{ it: bag(qr: $key) {{ {Bag} }} }}", new { key = state.GetProperty("qr").GetString() });
        var now = data.GetProperty("it");
        if (now.ValueKind == JsonValueKind.Null)
            return (false, "null");
        var isShared = state.TryGetProperty("qr", out var qr) && qr.GetString()!.StartsWith(SharedParents, StringComparison.Ordinal);
        return (isShared ? now.GetProperty("version").GetInt64() >= state.GetProperty("version").GetInt64() : now.GetRawText() == state.GetRawText(), now.GetRawText());
    }

    private static async Task OthersAsync(int node, Func<int, Task<bool>> holds, string what)
    {
        for (var other = 0; other < Cluster.Nodes; other++)
        {
            if (other != node)
                await EventuallyAsync(other, holds, what);
        }
    }

    private static async Task EventuallyAsync(int node, Func<int, Task<bool>> holds, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds(node))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Node {node} has not learned of {what}");
            await Task.Delay(20);
        }
    }

    private int Node() => _random.Next(Cluster.Nodes);

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private string OwnParent() => string.Create(CultureInfo.InvariantCulture, $"SB7{number}{_random.Next(3)}");

    private string OwnBill() => string.Create(CultureInfo.InvariantCulture, $"N{number}-{_random.Next(2)}");
}
