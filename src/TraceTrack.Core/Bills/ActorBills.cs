using TraceTrack.Diagnostics;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.Bills;

internal sealed partial class ActorBills(TraceTrackDoor door, Actor actor) : IBills
{
    public async ValueTask<Bill?> FindAsync(BillNumber number, CancellationToken cancellationToken) =>
        AccessRules.MaySeeFigures(actor) && await door.BillStore.FindAsync(number, cancellationToken).ConfigureAwait(false) is { } bill
            ? Compose(bill)
            : null;

    public async ValueTask<IReadOnlyList<Bill?>> FindManyAsync(IReadOnlyList<BillNumber> numbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (!AccessRules.MaySeeFigures(actor) || numbers.Count == 0)
            return new Bill?[numbers.Count];
        var bills = await door.BillStore.FindManyAsync(numbers, cancellationToken).ConfigureAwait(false);
        return [.. bills.Select(bill => bill is null ? null : Compose(bill))];
    }

    public async ValueTask<Page<Bill>> ListAsync(BillFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(page);
        if (!AccessRules.MaySeeFigures(actor) || (filter.CreatedBy is { } createdBy && !PlainText.IsStorable(createdBy)))
            return Page<Bill>.Empty;
        var asked = filter with { Created = filter.Created.InMicroseconds };
        return await PageReader.ReadAsync<Bill, BillPosition>(
            page,
            Cursor.Fingerprint("bills", asked.Status?.ToString(), asked.CreatedBy, asked.Created.Text),
            text => TimePosition.Parse(text) is var (time, id) ? new(time, id) : null,
            bill => TimePosition.Format(bill.CreatedAt, bill.Id),
            async slice =>
            {
                var bills = await door.BillStore.ListAsync(asked, slice, cancellationToken).ConfigureAwait(false);
                return [.. bills.Select(Compose)];
            }).ConfigureAwait(false);
    }

    public ValueTask<Bill> CreateAsync(CreateBill command, CancellationToken cancellationToken) => door.Telemetry.Bill.RunAsync(
        BillOperation.Create, (Self: this, command), static (args, token) => args.Self.InsertAsync(args.command, token), cancellationToken);

    public ValueTask<Bill> CompleteAsync(BillNumber number, long? expectedVersion, CancellationToken cancellationToken) => door.Telemetry.Bill.RunAsync(
        BillOperation.Complete,
        (Self: this, number, expectedVersion),
        static (args, token) => args.Self.CloseAsync(args.number, args.expectedVersion, token),
        cancellationToken);

    public ValueTask<Bill> ReopenAsync(BillNumber number, long? expectedVersion, CancellationToken cancellationToken) => door.Telemetry.Bill.RunAsync(
        BillOperation.Reopen,
        (Self: this, number, expectedVersion),
        static (args, token) => args.Self.OpenAgainAsync(args.number, args.expectedVersion, token),
        cancellationToken);

    public ValueTask<IReadOnlyList<BillResult>> SetStatusManyAsync(
        IReadOnlyList<BillNumber> numbers, BillStatus status, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return door.Telemetry.BillBatch.RunAsync(
            status == BillStatus.Processing ? BillBatchOperation.Reopen : BillBatchOperation.Complete,
            (Self: this, numbers, status),
            static (args, token) => args.Self.SetAsync(args.numbers, args.status, token),
            cancellationToken);
    }

    private async ValueTask<Bill> InsertAsync(CreateBill command, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins create bills.");
        BillRules.CheckNew(command);
        var bill = await door.BillStore.CreateAsync(command, actor.Id, cancellationToken).ConfigureAwait(false);
        return bill is not null
            ? Compose(bill)
            : throw new ConflictException(ErrorCodes.BillExists, $"There is a bill {command.Number} already.");
    }

    private ValueTask<Bill> CloseAsync(BillNumber number, long? expectedVersion, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins complete bills.");
        return ChangeAsync(number, state => BillRules.Complete(state, expectedVersion, door.Options), cancellationToken);
    }

    private ValueTask<Bill> OpenAgainAsync(BillNumber number, long? expectedVersion, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins reopen bills.");
        return ChangeAsync(number, state => BillRules.Reopen(state, expectedVersion), cancellationToken);
    }

    private async ValueTask<Bill> ChangeAsync(BillNumber number, Func<BillState, BillChange> decide, CancellationToken cancellationToken)
    {
        var commits = await door.BillStore.ChangeManyAsync(
            [number],
            states => states.Count > 0 ? [decide(states[0]) with { ActorId = actor.Id }] : throw Missing(number),
            cancellationToken).ConfigureAwait(false);
        return Compose(commits[0].Bill);
    }

    private async ValueTask<IReadOnlyList<BillResult>> SetAsync(
        IReadOnlyList<BillNumber> numbers, BillStatus status, CancellationToken cancellationToken)
    {
        switch (status)
        {
            case BillStatus.Completed:
                AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins complete bills.");
                break;
            case BillStatus.Processing:
                AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins reopen bills.");
                break;
            default:
                throw new InvalidInputException(ErrorCodes.InvalidBillStatus, "A bill is set to Completed, or to Processing to reopen it; New is a bill that is empty.");
        }

        Batch.Check(numbers, "bills");
        if (numbers.Contains(default))
            throw new InvalidInputException(ErrorCodes.InvalidBillNumber, "A bill to set needs a number.");
        if (numbers.Count == 0)
            return [];
        // Decided anew when the store begins anew, so the last decision is the one that was written.
        IReadOnlyList<BillResult> results = [];
        var commits = await door.BillStore.ChangeManyAsync(
            numbers,
            states =>
            {
                var batch = BillRules.SetStatus(numbers, states, status, door.Options);
                results = batch.Results;
                return [.. batch.Changes.Select(change => change with { ActorId = actor.Id })];
            },
            cancellationToken).ConfigureAwait(false);
        var written = commits.ToDictionary(commit => commit.Bill.Number, commit => commit.Bill);
        return [.. results.Select(result => result.Bill is { } bill ? result with { Bill = Compose(written.GetValueOrDefault(bill.Number, bill)) } : result)];
    }

    private Bill Compose(Bill bill) => BillRules.Compose(bill, door.Options);
}
