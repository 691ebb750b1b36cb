using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Testing;

namespace TraceTrack.Caching.Contracts;

/// <summary>When the crowd has gone, the cache says of each bag and bill what the store says: nothing old, and nothing that was deleted.</summary>
public abstract class CachedCrowdContract(ITrackerFixture fixture) : CrowdContract(fixture)
{
    private const string Behind = "TraceTrack.Caching.Inner";

    protected override async Task AfterwardsAsync(Warehouse warehouse)
    {
        var services = warehouse.Port<IServiceProvider>();
        QrCode[] codes =
        [
            .. Enumerable.Range(0, 40).Select(i => QrCode.Parse($"C{i:000}")), .. Enumerable.Range(0, 10).Select(i => QrCode.Parse($"SB{i:00}")), QrCode.Parse("C0001"),
        ];
        BillNumber[] numbers = [.. Enumerable.Range(0, 4).Select(i => BillNumber.Parse($"B{i}"))];
        Assert.Equal(
            await services.GetRequiredKeyedService<IBagStore>(Behind).FindManyAsync(codes, default),
            await warehouse.Port<IBagStore>().FindManyAsync(codes, default));
        Assert.Equal(
            await services.GetRequiredKeyedService<IBillStore>(Behind).FindManyAsync(numbers, default),
            await warehouse.Port<IBillStore>().FindManyAsync(numbers, default));
    }
}
