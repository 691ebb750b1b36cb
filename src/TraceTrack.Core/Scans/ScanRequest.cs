using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Scans;

/// <summary>What a store must lock and show before a batch of scans can be decided.</summary>
public sealed class ScanRequest
{
    /// <summary>The most scans one request takes.</summary>
    public const int MaxCommands = Batch.MaxItems;

    private Dictionary<ScanId, RecordScan>? _byId;

    /// <summary>Collects what the commands name.</summary>
    /// <param name="commands">1–10,000 scans, decided in this order.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <param name="kinds">Tells parents from children.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidScan"/>: none, or more than 10,000.</exception>
    public ScanRequest(IReadOnlyList<RecordScan> commands, TraceTrackOptions options, BagKindRule kinds)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kinds);
        if (commands.Count is < 1 or > MaxCommands)
            throw new InvalidInputException(ErrorCodes.InvalidScan, $"Send 1–{MaxCommands} scans at a time.");
        Commands = commands;
        RegisterUnknownBags = options.RegisterUnknownBags;
        var bags = new SortedSet<QrCode>();
        var bills = new SortedSet<BillNumber>();
        foreach (var command in commands)
        {
            bags.Add(command.Qr);
            if (command.ParentQr is { } parent)
                bags.Add(parent);
            if (command.BillNumber is { } bill)
                bills.Add(bill);
        }

        Bags = [.. bags.Select(qr => (qr, kinds.KindOf(qr)))];
        Bills = [.. bills];
        NeedsBillsOfBags = commands.Any(command => command.Action is ScanAction.Unload);
    }

    /// <summary>The scans, in order.</summary>
    public IReadOnlyList<RecordScan> Commands { get; }

    /// <summary>Every code named, ordered by code and without repeats, with the kind it would be registered as.</summary>
    public IReadOnlyList<(QrCode Qr, BagKind Kind)> Bags { get; }

    /// <summary>Every bill named, ordered and without repeats.</summary>
    public IReadOnlyList<BillNumber> Bills { get; }

    /// <summary>Whether the bills that named bags are on must be locked too, though they are not named.</summary>
    public bool NeedsBillsOfBags { get; }

    /// <summary>The first scan with an id.</summary>
    /// <param name="id">The id of one of <see cref="Commands"/>.</param>
    /// <returns>The scan.</returns>
    /// <exception cref="KeyNotFoundException">None has it.</exception>
    public RecordScan CommandOf(ScanId id)
    {
        // Made when first asked for: only a repeat asks.
        _byId ??= Commands.DistinctBy(command => command.Id).ToDictionary(command => command.Id);
        return _byId[id];
    }

    /// <summary>Whether unknown codes are shown to the decision as bags of version 0, to be kept if it uses them.</summary>
    public bool RegisterUnknownBags { get; }
}
