namespace TraceTrack.LoadTest.Host;

/// <summary>What a request of the mix asks for.</summary>
internal enum Operation
{
    BagByQr,
    Scan,
    BagWithChildren,
    Search,
    Bill,
    ListPage,
    Totals,
    BillChange,
    LogIn,
}

/// <summary>What a warehouse asks of its server, in a hundred requests.</summary>
internal static class Mix
{
    /// <summary>Of all users together, in a second, where the rate is fixed.</summary>
    public const double FixedRate = 200;

    public static IReadOnlyList<(Operation Operation, int Share)> Shares { get; } =
    [
        (Operation.BagByQr, 45), (Operation.Scan, 15), (Operation.BagWithChildren, 10), (Operation.Search, 10), (Operation.Bill, 8),
        (Operation.ListPage, 5), (Operation.Totals, 4), (Operation.BillChange, 2), (Operation.LogIn, 1),
    ];

    public static IReadOnlyList<Operation> Operations { get; } = Enum.GetValues<Operation>();

    /// <summary>How often an operation is asked for in an hour at the fixed rate.</summary>
    public static int AnHour(Operation operation) =>
        (int)(FixedRate * 3_600 * Shares.Single(share => share.Operation == operation).Share / 100);

    public static bool IsRead(this Operation operation) => operation is not (Operation.Scan or Operation.BillChange or Operation.LogIn);

    public static string Text(this Operation operation) => operation switch
    {
        Operation.BagByQr => "bag by QR",
        Operation.Scan => "scan",
        Operation.BagWithChildren => "bag with children",
        Operation.Search => "search",
        Operation.Bill => "bill",
        Operation.ListPage => "list page",
        Operation.Totals => "totals",
        Operation.BillChange => "bill change",
        Operation.LogIn => "log-in",
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}

/// <summary>One user's requests: a shuffled hundred after the other, so that the shares are met exactly and not by chance.</summary>
internal sealed class Deck(Random random)
{
    private readonly Operation[] _cards = [.. Mix.Shares.SelectMany(share => Enumerable.Repeat(share.Operation, share.Share))];
    private int _next = int.MaxValue;

    public Operation Draw()
    {
        if (_next >= _cards.Length)
        {
            random.Shuffle(_cards);
            _next = 0;
        }

        return _cards[_next++];
    }
}
