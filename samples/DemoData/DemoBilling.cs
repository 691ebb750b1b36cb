using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.DemoData;

/// <summary>Creates bills, loads parents onto them and completes most, as billers would.</summary>
internal static class DemoBilling
{
    public static Task CreateAsync(
        ITraceTrack traceTrack, DemoWarehouse warehouse, DemoPeople people, DemoOptions options, IProgress<DemoProgress>? progress,
        CancellationToken cancellationToken) => DemoWork.RunAsync(
            warehouse.Bills(),
            DemoPhase.Bills,
            options.Workers,
            progress,
            (bill, token) => BillAsync(traceTrack.As(people.Biller(bill.Index)), warehouse, bill, token),
            cancellationToken,
            warehouse.BillCount);

    private static async Task BillAsync(ITracker biller, DemoWarehouse warehouse, DemoBill bill, CancellationToken cancellationToken)
    {
        await CreateAsync(biller.Bills, bill, cancellationToken);
        for (var parent = bill.FirstParent; parent < bill.FirstParent + bill.ParentCount; parent++)
        {
            // Its id is always the same: loaded before, it is a replay.
            var load = RecordScan.Load(warehouse.LoadId(parent), DemoWarehouse.Parent(parent), bill.Number);
            await biller.Scans.RecordAsync(load, cancellationToken);
        }

        if (bill.IsCompleted)
            await CompleteAsync(biller.Bills, bill, cancellationToken);
    }

    private static async Task CreateAsync(IBills bills, DemoBill bill, CancellationToken cancellationToken)
    {
        try
        {
            await bills.CreateAsync(new(bill.Number, bill.Capacity), cancellationToken);
        }
        catch (ConflictException conflict) when (conflict.Code == ErrorCodes.BillExists)
        {
            // Made by a fill that was interrupted.
        }
    }

    private static async Task CompleteAsync(IBills bills, DemoBill bill, CancellationToken cancellationToken)
    {
        try
        {
            await bills.CompleteAsync(bill.Number, expectedVersion: null, cancellationToken);
        }
        catch (ConflictException conflict) when (conflict.Code == ErrorCodes.BillCompleted)
        {
            // Completed by a fill that was interrupted.
        }
    }
}
