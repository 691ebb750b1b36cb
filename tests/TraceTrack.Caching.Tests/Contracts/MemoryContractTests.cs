using TraceTrack.Testing;

namespace TraceTrack.Caching.Contracts;

public sealed class MemoryAccessTests(MemoryFixture fixture) : AccessContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBagListTests(MemoryFixture fixture) : BagListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBagStoreTests(MemoryFixture fixture) : BagStoreContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBillTests(MemoryFixture fixture) : BillContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBillStatusTests(MemoryFixture fixture) : BillStatusContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBillLifeTests(MemoryFixture fixture) : BillLifeContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBillCrowdTests(MemoryFixture fixture) : BillCrowdContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBillRecalculationTests(MemoryFixture fixture) : BillRecalculationContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryDaySummaryTests(MemoryFixture fixture) : DaySummaryContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryConcurrencyTests(MemoryFixture fixture) : ConcurrencyContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryCrowdTests(MemoryFixture fixture) : CachedCrowdContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryDeleteTests(MemoryFixture fixture) : DeleteContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryExportTests(MemoryFixture fixture) : ExportContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryHistoryTests(MemoryFixture fixture) : HistoryContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryHistoryListTests(MemoryFixture fixture) : HistoryListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryHistoryModelTests(MemoryFixture fixture) : HistoryModelContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportExistingTests(MemoryFixture fixture) : ImportExistingContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportModelTests(MemoryFixture fixture) : ImportModelContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportOutcomeTests(MemoryFixture fixture) : ImportOutcomeContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportRowTests(MemoryFixture fixture) : ImportRowContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportTests(MemoryFixture fixture) : ImportContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportUpdateTests(MemoryFixture fixture) : ImportUpdateContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryLoginSessionTests(MemoryFixture fixture) : LoginSessionContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryModelTests(MemoryFixture fixture) : ModelContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanAreaTests(MemoryFixture fixture) : ScanAreaContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryListFilterTests(MemoryFixture fixture) : ListFilterContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanBatchTests(MemoryFixture fixture) : ScanBatchContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanFeedTests(MemoryFixture fixture) : ScanFeedContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanListTests(MemoryFixture fixture) : ScanListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanRelinkTests(MemoryFixture fixture) : ScanRelinkContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanLogImportTests(MemoryFixture fixture) : ScanLogImportContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanReplayTests(MemoryFixture fixture) : ScanReplayContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanTests(MemoryFixture fixture) : ScanContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanTimeTests(MemoryFixture fixture) : ScanTimeContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanUndoTests(MemoryFixture fixture) : ScanUndoContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanUndoRefusalTests(MemoryFixture fixture) : ScanUndoRefusalContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryTotalsTests(MemoryFixture fixture) : TotalsContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryUserRaceTests(MemoryFixture fixture) : UserRaceContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryUserTests(MemoryFixture fixture) : UserContract(fixture), IClassFixture<MemoryFixture>;
