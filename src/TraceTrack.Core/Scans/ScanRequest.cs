using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

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
    /// <param name="actor">Who scans, and whose scans an Undo takes back.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidScan"/>: none, or more than 10,000.</exception>
    public ScanRequest(IReadOnlyList<RecordScan> commands, TraceTrackOptions options, BagKindRule kinds, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(actor);
        if (commands.Count is < 1 or > MaxCommands)
            throw new InvalidInputException(ErrorCodes.InvalidScan, $"Send 1–{MaxCommands} scans at a time.");
        Commands = commands;
        ActorId = actor.Id;
        ReplayWindow = options.ReplayWindow;
        RegisterUnknownBags = options.RegisterUnknownBags;
        var bags = new SortedSet<QrCode>();
        var bills = new SortedSet<BillNumber>();
        foreach (var command in commands)
        {
            if (command.Qr is { } qr)
                bags.Add(qr);
            if (command.ParentQr is { } parent)
                bags.Add(parent);
            if (command.BillNumber is { } bill)
                bills.Add(bill);
        }

        Bags = [.. bags.Select(qr => (qr, kinds.KindOf(qr)))];
        Bills = [.. bills];
        Undos = [.. commands.Where(command => command.Action is ScanAction.Undo).Select(command => command.Id)];
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

    /// <summary>
    /// The ids of the Undos, in order. For each, the store shows one more of the actor's latest scans that are recorded, not undone and
    /// no Undos, and locks the bags and bills these name; and if it is an Undo that the actor recorded before, those of the scan it undid.
    /// </summary>
    public IReadOnlyList<ScanId> Undos { get; }

    /// <summary>Whose scans an Undo takes back.</summary>
    public string ActorId { get; }

    /// <summary>How old a scan can be that an Undo is shown: older ones have no receipt any more.</summary>
    public TimeSpan ReplayWindow { get; }

    /// <summary>Whether unknown codes are shown to the decision as bags of version 0, to be kept if it uses them.</summary>
    public bool RegisterUnknownBags { get; }
}
