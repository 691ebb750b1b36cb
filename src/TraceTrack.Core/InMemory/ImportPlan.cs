using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Imports;

namespace TraceTrack.InMemory;

/// <summary>A row that is well formed and the first of its code in the file.</summary>
internal readonly record struct PlannedRow(long Ordinal, string? Given, CheckedRow Row);

/// <summary>The rows of one import as they come: each checked by itself and against the earlier ones.</summary>
internal sealed class ImportPlan(ImportRules rules)
{
    private readonly List<PlannedRow> _rows = [];
    private readonly Dictionary<QrCode, long> _ordinals = [];
    private readonly List<RowResult> _results = [];
    private long _ordinal;

    public IReadOnlyList<PlannedRow> Rows => _rows;

    /// <summary>Rows rejected so far.</summary>
    public long Rejected => _results.Count;

    public void Add(BagRow row)
    {
        _ordinal++;
        if (rules.Check(row, out var good) is { } reason)
            _results.Add(ImportRules.Refuse(_ordinal, row, reason));
        else if (_ordinals.TryAdd(good.Qr, _ordinal))
            _rows.Add(new(_ordinal, row.Qr, good));
        else
            _results.Add(ImportRules.Refuse(_ordinal, row, RowReason.DuplicateInFile, _ordinals[good.Qr].ToString(CultureInfo.InvariantCulture)));
    }

    public void Tell(in PlannedRow row, RowOutcome outcome, RowReason reason, string? detail) =>
        _results.Add(ImportRules.Refuse(row.Ordinal, new(row.Given), reason, detail) with { Outcome = outcome });

    public IReadOnlyList<RowResult> Results() => [.. _results.OrderBy(result => result.Ordinal)];
}
