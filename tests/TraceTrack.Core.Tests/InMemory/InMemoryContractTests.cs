using Microsoft.Extensions.DependencyInjection;
using TraceTrack.InMemory;
using TraceTrack.Testing;

[assembly: AssemblyFixture(typeof(InMemoryFixture))]

namespace TraceTrack.InMemory;

public sealed class InMemoryAccessTests(InMemoryFixture fixture) : AccessContract(fixture);

public sealed class InMemoryBagListTests(InMemoryFixture fixture) : BagListContract(fixture);

public sealed class InMemoryBagStoreTests(InMemoryFixture fixture) : BagStoreContract(fixture);

public sealed class InMemoryBillTests(InMemoryFixture fixture) : BillContract(fixture);

public sealed class InMemoryBillStatusTests(InMemoryFixture fixture) : BillStatusContract(fixture);

public sealed class InMemoryBillLifeTests(InMemoryFixture fixture) : BillLifeContract(fixture);

public sealed class InMemoryBillCrowdTests(InMemoryFixture fixture) : BillCrowdContract(fixture);

public sealed class InMemoryBillRecalculationTests(InMemoryFixture fixture) : BillRecalculationContract(fixture);

public sealed class InMemoryDaySummaryTests(InMemoryFixture fixture) : DaySummaryContract(fixture);

public sealed class InMemoryConcurrencyTests(InMemoryFixture fixture) : ConcurrencyContract(fixture);

public sealed class InMemoryCrowdTests(InMemoryFixture fixture) : CrowdContract(fixture);

public sealed class InMemoryDeleteTests(InMemoryFixture fixture) : DeleteContract(fixture);

[Collection("alone")]
public sealed class InMemoryExportMemoryTests(InMemoryFixture fixture) : ExportMemoryContract(fixture);

public sealed class InMemoryExportTests(InMemoryFixture fixture) : ExportContract(fixture);

public sealed class InMemoryHistoryTests(InMemoryFixture fixture) : HistoryContract(fixture);

public sealed class InMemoryHistoryListTests(InMemoryFixture fixture) : HistoryListContract(fixture);

public sealed class InMemoryHistoryModelTests(InMemoryFixture fixture) : HistoryModelContract(fixture);

public sealed class InMemoryImportExistingTests(InMemoryFixture fixture) : ImportExistingContract(fixture);

public sealed class InMemoryImportKindTests(InMemoryFixture fixture) : ImportKindContract(fixture)
{
    protected override ServiceProvider Reopen(Warehouse warehouse, Action<TraceTrackOptions> options) => new ServiceCollection()
        .AddSingleton(warehouse.Port<InMemoryState>()).AddTraceTrack(options).UseInMemory().Services.BuildServiceProvider();
}

public sealed class InMemoryImportOutcomeTests(InMemoryFixture fixture) : ImportOutcomeContract(fixture);

public sealed class InMemoryImportRowTests(InMemoryFixture fixture) : ImportRowContract(fixture);

public sealed class InMemoryImportTests(InMemoryFixture fixture) : ImportContract(fixture);

public sealed class InMemoryImportUpdateTests(InMemoryFixture fixture) : ImportUpdateContract(fixture);

public sealed class InMemoryLoginSessionTests(InMemoryFixture fixture) : LoginSessionContract(fixture);

public sealed class InMemoryScanAreaTests(InMemoryFixture fixture) : ScanAreaContract(fixture);

public sealed class InMemoryScanBatchTests(InMemoryFixture fixture) : ScanBatchContract(fixture);

public sealed class InMemoryScanFeedTests(InMemoryFixture fixture) : ScanFeedContract(fixture);

public sealed class InMemoryScanListTests(InMemoryFixture fixture) : ScanListContract(fixture);

public sealed class InMemoryScanRelinkTests(InMemoryFixture fixture) : ScanRelinkContract(fixture);

public sealed class InMemoryScanLogImportTests(InMemoryFixture fixture) : ScanLogImportContract(fixture);

public sealed class InMemoryScanReplayTests(InMemoryFixture fixture) : ScanReplayContract(fixture);

public sealed class InMemoryScanTests(InMemoryFixture fixture) : ScanContract(fixture);

public sealed class InMemoryScanTimeTests(InMemoryFixture fixture) : ScanTimeContract(fixture);

public sealed class InMemoryScanUndoTests(InMemoryFixture fixture) : ScanUndoContract(fixture);

public sealed class InMemoryScanUndoRefusalTests(InMemoryFixture fixture) : ScanUndoRefusalContract(fixture);

public sealed class InMemoryTotalsTests(InMemoryFixture fixture) : TotalsContract(fixture);

public sealed class InMemoryUserChangeTests(InMemoryFixture fixture) : UserChangeContract(fixture);

public sealed class InMemoryUserRaceTests(InMemoryFixture fixture) : UserRaceContract(fixture);

public sealed class InMemoryUserTests(InMemoryFixture fixture) : UserContract(fixture);

public sealed class InMemoryListFilterTests(InMemoryFixture fixture) : ListFilterContract(fixture);
