using TraceTrack.Diagnostics;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.Bills;

internal sealed class ActorBills(TraceTrackDoor door, Actor actor) : IBills
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
        return await PageReader.ReadAsync<Bill, BillPosition>(
            page,
            Cursor.Fingerprint("bills", filter.Status?.ToString(), filter.CreatedBy),
            text => TimePosition.Parse(text) is var (time, id) ? new(time, id) : null,
            bill => TimePosition.Format(bill.CreatedAt, bill.Id),
            async slice =>
            {
                var bills = await door.BillStore.ListAsync(filter, slice, cancellationToken).ConfigureAwait(false);
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

    private async ValueTask<Bill> InsertAsync(CreateBill command, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins create bills.");
        BillRules.CheckNew(command);
        var bill = await door.BillStore.CreateAsync(command, actor.Id, cancellationToken).ConfigureAwait(false);
        return bill is not null
            ? Compose(bill)
            : throw new ConflictException(ErrorCodes.BillExists, $"There is a bill {command.Number} already.");
    }

    private async ValueTask<Bill> CloseAsync(BillNumber number, long? expectedVersion, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins complete bills.");
        var commit = await door.BillStore
            .ChangeAsync(number, state => BillRules.Complete(state, expectedVersion, door.Options) with { ActorId = actor.Id }, cancellationToken)
            .ConfigureAwait(false);
        return commit is not null
            ? Compose(commit.Bill)
            : throw new NotFoundException(ErrorCodes.BillNotFound, $"There is no bill {number}.");
    }

    private Bill Compose(Bill bill) => BillRules.Compose(bill, door.Options);
}
