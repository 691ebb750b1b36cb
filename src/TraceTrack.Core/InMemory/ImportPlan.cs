using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Imports;

namespace TraceTrack.InMemory;

/// <summary>The rows of one import, checked one by one as they come and against each other when all are there.</summary>
internal sealed class ImportPlan(ImportRules rules)
{
    private readonly List<(long Ordinal, string? Given, CheckedRow Row)> _rows = [];
    private readonly Dictionary<QrCode, long> _ordinals = [];
    private readonly List<RowResult> _refused = [];
    private long _ordinal;

    public int Count => _rows.Count;

    public long Parents { get; private set; }

    public long Linked { get; private set; }

    public void Add(BagRow row)
    {
        _ordinal++;
        if (rules.Check(row, out var good) is { } rejection)
            _refused.Add(ImportRules.Refuse(_ordinal, row, rejection));
        else if (_ordinals.TryAdd(good.Qr, _ordinal))
            _rows.Add((_ordinal, row.Qr, good));
        else
            _refused.Add(ImportRules.Refuse(_ordinal, row, RowRejection.DuplicateInFile, _ordinals[good.Qr].ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Makes the bags, children after duplicates are gone and in the file's order, so that the first ones fill a parent.</summary>
    public List<Bag> Build(long key, long firstId, long version, DateTimeOffset now, int capacity, CancellationToken cancellationToken)
    {
        var parents = new Dictionary<QrCode, Contents>();
        for (var i = 0; i < _rows.Count; i++)
        {
            if (_rows[i].Row is { Kind: BagKind.Parent } row)
                parents.Add(row.Qr, new(firstId + i, row.Area));
        }

        Parents = parents.Count;
        var bags = new List<Bag>(_rows.Count);
        for (var i = 0; i < _rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (ordinal, given, row) = _rows[i];
            if (row.Kind == BagKind.Parent)
                continue;
            if (row.ParentQr is not { } parentQr)
            {
                bags.Add(New(firstId + i, row));
            }
            else if (!parents.TryGetValue(parentQr, out var parent))
            {
                _refused.Add(ImportRules.Refuse(ordinal, new(given), RowRejection.UnknownParent, parentQr.Value));
            }
            else if (parent.Count >= capacity)
            {
                _refused.Add(ImportRules.Refuse(ordinal, new(given), RowRejection.ParentFull, parentQr.Value));
            }
            else
            {
                Linked++;
                parent.Count++;
                parent.Grams += row.WeightGrams;
                bags.Add(New(firstId + i, row) with
                {
                    Status = BagStatus.Linked,
                    Area = parent.Area,
                    ParentId = parent.Id,
                    ParentQr = parentQr,
                    LinkedAt = now,
                });
            }
        }

        foreach (var (qr, contents) in parents)
        {
            bags.Add(New(contents.Id, new(qr, BagKind.Parent, null, contents.Area, 0)) with
            {
                Status = BagRules.ParentStatus(contents.Count, capacity),
                ChildCount = contents.Count,
                ContentWeightKg = Weight.FromGrams(contents.Grams),
            });
        }

        return bags;

        Bag New(long id, in CheckedRow row) => new()
        {
            Id = id,
            Qr = row.Qr,
            Kind = row.Kind,
            Area = row.Area,
            WeightKg = Weight.FromGrams(row.WeightGrams),
            ContentWeightKg = Weight.FromGrams(0),
            ImportId = key,
            CreatedAt = now,
            ChangedAt = now,
            Version = version,
        };
    }

    public IReadOnlyList<RowResult> Results() => [.. _refused.OrderBy(result => result.Ordinal)];

    private sealed class Contents(long id, string? area)
    {
        public long Id => id;

        public string? Area => area;

        public int Count { get; set; }

        public long Grams { get; set; }
    }
}
