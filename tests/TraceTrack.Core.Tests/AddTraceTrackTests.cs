using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using TraceTrack.Bags;
using TraceTrack.InMemory;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack;

public class AddTraceTrackTests
{
    [Fact]
    public async Task An_application_injects_one_door_and_says_who_acts()
    {
        await using var provider = new ServiceCollection().AddTraceTrack().UseInMemory().Services.BuildServiceProvider();
        var door = provider.GetRequiredService<ITraceTrack>();
        Assert.Same(door, provider.GetRequiredService<ITraceTrack>());
        var actor = new Actor("own user 7", UserRole.Dispatcher, "north");
        Assert.Same(actor, door.As(actor).Actor);
        Assert.Throws<ArgumentNullException>(() => door.As(null!));
    }

    [Fact]
    public void Without_a_store_the_door_does_not_open()
    {
        using var provider = new ServiceCollection().AddTraceTrack().Services.BuildServiceProvider();
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<ITraceTrack>());
    }

    [Fact]
    public void Registering_twice_registers_once_and_settings_add_up()
    {
        var services = new ServiceCollection();
        services.AddTraceTrack(o => o.ParentCapacity = 5).UseInMemory();
        services.AddTraceTrack(o => o.AllowIncompleteParents = true).UseInMemory();
        Assert.Single(services, service => service.ServiceType == typeof(ITraceTrack));
        Assert.Single(services, service => service.ServiceType == typeof(IBagStore));
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<TraceTrackOptions>>().Value;
        Assert.Equal((5, true), (options.ParentCapacity, options.AllowIncompleteParents));
    }

    [Fact]
    public void The_applications_own_clock_and_store_stay_in_place()
    {
        var clock = new FakeTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.TryAddSingleton<IBagStore, NoBags>();
        services.AddTraceTrack().UseInMemory();
        using var provider = services.BuildServiceProvider();
        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
        Assert.IsType<NoBags>(provider.GetRequiredService<IBagStore>());
    }

    [Fact]
    public async Task Two_providers_share_nothing()
    {
        await using var one = new ServiceCollection().AddTraceTrack().UseInMemory().Services.BuildServiceProvider();
        await using var two = new ServiceCollection().AddTraceTrack().UseInMemory().Services.BuildServiceProvider();
        Assert.NotSame(one.GetRequiredService<InMemoryState>(), two.GetRequiredService<InMemoryState>());
        await new Testing.Warehouse(one).ObserveAsync("SB00001");
        Assert.Equal(0, (await new Testing.Warehouse(two).TotalsAsync()).Bags);
    }

    [Fact]
    public void Builders_refuse_null()
    {
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddTraceTrack());
        Assert.Throws<ArgumentNullException>(() => ((ITraceTrackBuilder)null!).UseInMemory());
    }

    private sealed class NoBags : IBagStore
    {
        public ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<Bills.BillNumber> bills, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
