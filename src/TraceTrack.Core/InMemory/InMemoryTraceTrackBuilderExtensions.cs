using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Exports;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.InMemory;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the in-memory store.</summary>
public static class InMemoryTraceTrackBuilderExtensions
{
    /// <summary>
    /// Keeps everything in this process's memory: for unit tests, demonstrations, and hosts without a database.
    /// Nothing outlives the service provider. Takes the place of no store that is registered already.
    /// </summary>
    /// <param name="builder">What <c>AddTraceTrack</c> returned.</param>
    /// <returns>The same builder.</returns>
    public static ITraceTrackBuilder UseInMemory(this ITraceTrackBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton<InMemoryState>();
        services.TryAddSingleton<IStoreIdentity, InMemoryStoreIdentity>();
        services.TryAddSingleton<IBagStore, InMemoryBagStore>();
        services.TryAddSingleton<IBillStore, InMemoryBillStore>();
        services.TryAddSingleton<IScanStore, InMemoryScanStore>();
        services.TryAddSingleton<IHistoryStore, InMemoryHistoryStore>();
        services.TryAddSingleton<IUserStore, InMemoryUserStore>();
        services.TryAddSingleton<ILoginSessionStore, InMemoryLoginSessionStore>();
        services.TryAddSingleton<ITotalsStore, InMemoryTotalsStore>();
        services.TryAddSingleton<IBagImporter>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<TraceTrackOptions>>().Value;
            return new InMemoryBagImporter(
                provider.GetRequiredService<InMemoryState>(),
                new ImportRules(options, provider.GetRequiredService<BagKindRule>()),
                options,
                provider.GetRequiredService<TimeProvider>());
        });
        services.TryAddSingleton<IBagExporter, InMemoryBagExporter>();
        return builder;
    }
}
