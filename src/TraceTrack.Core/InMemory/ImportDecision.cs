using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;

namespace TraceTrack.InMemory;

/// <summary>A row that is taken: a new bag, or a known one that takes what the row says.</summary>
/// <param name="Row">The row.</param>
/// <param name="Known">The bag as the store has it; null for a new one.</param>
/// <param name="Source">The parent it stands in.</param>
/// <param name="Target">The parent it is put into; null when it stays where it is.</param>
/// <param name="Grams">Its weight afterwards.</param>
internal readonly record struct TakenRow(CheckedRow Row, Bag? Known, ImportPlace? Source, ImportPlace? Target, long Grams)
{
    /// <summary>Where it is afterwards.</summary>
    public ImportPlace? Place => Target ?? Source;
}

/// <summary>What becomes of each row against the store as it stands: parents first, then children in the file's order, so that the first ones get the seats.</summary>
internal sealed class ImportDecision(InMemoryState state, ImportPlan plan, OnExisting onExisting, int capacity)
{
    private readonly Dictionary<QrCode, ImportPlace?> _places = [];

    public List<TakenRow> Taken { get; } = [];

    public IEnumerable<ImportPlace> Places => _places.Values.OfType<ImportPlace>();

    public void Run(CancellationToken cancellationToken)
    {
        foreach (var row in plan.Rows.Where(row => row.Row.Kind == BagKind.Parent))
            JudgeParent(row);
        foreach (var row in plan.Rows.Where(row => row.Row.Kind == BagKind.Child))
        {
            cancellationToken.ThrowIfCancellationRequested();
            JudgeChild(row);
        }
    }

    private void JudgeParent(in PlannedRow row)
    {
        if (state.Bags.Find(row.Row.Qr) is not { } known)
        {
            var brought = new ImportPlace(row.Row.Qr, null, null, row.Row.Area);
            _places[row.Row.Qr] = brought;
            Taken.Add(new(row.Row, null, brought, null, 0));
            return;
        }

        if (IsTold(row, known))
            return;
        var place = Find(row.Row.Qr)!;
        if (row.Row.Area is { } area && area != known.Area)
        {
            if (place.Bill is { Status: BillStatus.Completed } bill)
            {
                Refuse(row, RowReason.OnCompletedBill, bill.Number.Value);
                return;
            }

            place.Area = area;
        }

        Taken.Add(new(row.Row, known, place, null, 0));
    }

    private void JudgeChild(in PlannedRow row)
    {
        var known = state.Bags.Find(row.Row.Qr);
        if (known is not null && IsTold(row, known))
            return;
        var source = known?.ParentQr is { } present ? Find(present) : null;
        var target = row.Row.ParentQr is { } named ? Find(named) : source;
        var grams = known is null || row.Row.HasWeight ? row.Row.WeightGrams : Weight.ToGrams(known.WeightKg);
        if (row.Row.ParentQr is { } missing && target is null)
        {
            Refuse(row, RowReason.UnknownParent, missing.Value);
        }
        else if (target != source)
        {
            if (CannotMove(source, target!) is var (reason, detail))
                Refuse(row, reason, detail);
            else
                Taken.Add(new(row.Row, known, source, target, grams));
        }
        else if (source?.Bill is { Status: BillStatus.Completed } bill && grams != Weight.ToGrams(known!.WeightKg))
        {
            Refuse(row, RowReason.OnCompletedBill, bill.Number.Value);
        }
        else
        {
            Taken.Add(new(row.Row, known, source, null, grams));
        }
    }

    private (RowReason Reason, string Detail)? CannotMove(ImportPlace? source, ImportPlace target)
    {
        if (source?.Bill is { } left)
            return left.Status == BillStatus.Completed ? (RowReason.OnCompletedBill, left.Number.Value) : (RowReason.LinkedElsewhere, source.Qr.Value);
        if (target.Bill is { } entered)
            return (entered.Status == BillStatus.Completed ? RowReason.OnCompletedBill : RowReason.ParentOnBill, entered.Number.Value);
        return target.TryTakeSeat(capacity) ? null : (RowReason.ParentFull, target.Qr.Value);
    }

    /// <returns>Whether a known bag's row is settled: it stays as it is, or has another kind than its row, since the pattern of parents' codes was changed.</returns>
    private bool IsTold(in PlannedRow row, Bag known)
    {
        if (onExisting != OnExisting.Update)
            TellExisting(row, known.ParentQr);
        else if (known.Kind != row.Row.Kind)
            Refuse(row, RowReason.WrongKind, row.Row.ParentQr?.Value);
        else
            return false;
        return true;
    }

    private void TellExisting(in PlannedRow row, QrCode? standsIn)
    {
        var outcome = onExisting == OnExisting.Keep ? RowOutcome.Kept : RowOutcome.Rejected;
        if (row.Row.ParentQr is { } named && standsIn is { } present && named != present)
            plan.Tell(row, outcome, RowReason.LinkedElsewhere, present.Value);
        else
            plan.Tell(row, outcome, RowReason.AlreadyExists, null);
    }

    private void Refuse(in PlannedRow row, RowReason reason, string? detail) => plan.Tell(row, RowOutcome.Rejected, reason, detail);

    private ImportPlace? Find(QrCode qr)
    {
        if (_places.TryGetValue(qr, out var place))
            return place;
        if (state.Bags.Find(qr) is { Kind: BagKind.Parent } stored)
            place = new(qr, stored, stored.BillNumber is { } number ? state.Bills.Find(number) : null, stored.Area);
        return _places[qr] = place;
    }
}
