using System.Text;

namespace TraceTrack.LoadTest.Host;

/// <summary>What went wrong with a request: an error code of the server, or an answer that is not right.</summary>
internal sealed class WrongAnswerException(string code) : Exception(code)
{
    public string Code { get; } = code;
}

/// <summary>Somebody at work: a session of a dispatcher's own, a connection, and the parent being filled. One request at a time.</summary>
internal sealed partial class BenchUser(int index, Crowd crowd) : IDisposable
{
    private readonly Random _random = new(index);
    private readonly RequestBytes _bytes = new();
    private readonly HttpLine _line = new(crowd.Target.Address);
    private readonly Dictionary<(Operation, bool), byte[]> _heads = [];
    private readonly Workplace _place = crowd.PlaceOf(index);
    private readonly Deck _deck = new(new Random(~index));
    private string? _token;
    private int _status;

    public int Index { get; } = index;

    /// <summary>Scans that were answered as recorded.</summary>
    public long Recorded { get; private set; }

    public Operation Next() => _deck.Draw();

    /// <summary>Asks and checks the answer.</summary>
    /// <exception cref="WrongAnswerException">The answer is not right.</exception>
    /// <exception cref="IOException">There is none.</exception>
    public ValueTask AskAsync(Operation operation, CancellationToken cancellation) => operation switch
    {
        Operation.BagByQr => BagAsync(cancellation),
        Operation.Scan => ScanAsync(cancellation),
        Operation.BagWithChildren => ChildrenAsync(cancellation),
        Operation.Search => SearchAsync(cancellation),
        Operation.Bill => BillAsync(cancellation),
        Operation.ListPage => ListAsync(cancellation),
        Operation.Totals => TotalsAsync(cancellation),
        Operation.BillChange => ChangeBillAsync(cancellation),
        Operation.LogIn => LogInAsync(cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>As somebody else.</summary>
    /// <returns>The token.</returns>
    public async ValueTask<string> LogInAsync(string name, CancellationToken cancellation)
    {
        var head = RequestBytes.Head(crowd.Target.Path(Operation.LogIn, _place.Area), token: null);
        await SendAsync(head, Documents.LogIn, $$"""{"name":"{{name}}","password":"{{crowd.Password}}"}""", cancellation);
        var answer = Read("userName"u8);
        Demand(answer.Text.Length > 0 && Is(answer.Name, name), "somebody else was logged in");
        return Encoding.UTF8.GetString(answer.Text);
    }

    public void Dispose() => _line.Dispose();

    private async ValueTask LogInAsync(CancellationToken cancellation)
    {
        _token = await LogInAsync(crowd.DispatcherName(Index), cancellation);
        _heads.Clear();
    }

    private ValueTask SendAsync(Operation operation, byte[] document, string variables, CancellationToken cancellation, bool asBiller = false)
    {
        if (!_heads.TryGetValue((operation, asBiller), out var head))
            _heads[(operation, asBiller)] = head = RequestBytes.Head(crowd.Target.Path(operation, _place.Area), asBiller ? crowd.BillersToken(Index) : _token);
        return SendAsync(head, document, variables, cancellation);
    }

    private async ValueTask SendAsync(byte[] head, byte[] document, string variables, CancellationToken cancellation) =>
        _status = await _line.ExchangeAsync(_bytes.Make(head, document, variables), cancellation);

    private Answer Read(ReadOnlySpan<byte> name)
    {
        var answer = Answer.Read(_status, _line.Body.Span, name);
        return answer.Error is { } error ? throw new WrongAnswerException(error) : answer;
    }

    private static bool Is(ReadOnlySpan<byte> found, string expected) =>
        found.Length == expected.Length && Ascii.Equals(found, expected);

    private static void Demand(bool right, string problem)
    {
        if (!right)
            throw new WrongAnswerException("WRONG ANSWER: " + problem);
    }
}
