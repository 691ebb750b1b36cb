using TraceTrack.Testing;

namespace TraceTrack.Caching.Contracts;

public sealed class MemoryAccessTests(MemoryFixture fixture) : AccessContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBagListTests(MemoryFixture fixture) : BagListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBagStoreTests(MemoryFixture fixture) : BagStoreContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBillTests(MemoryFixture fixture) : BillContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryConcurrencyTests(MemoryFixture fixture) : ConcurrencyContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryHistoryTests(MemoryFixture fixture) : HistoryContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryHistoryListTests(MemoryFixture fixture) : HistoryListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryHistoryModelTests(MemoryFixture fixture) : HistoryModelContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportTests(MemoryFixture fixture) : ImportContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryLoginSessionTests(MemoryFixture fixture) : LoginSessionContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryModelTests(MemoryFixture fixture) : ModelContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanAreaTests(MemoryFixture fixture) : ScanAreaContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanFeedTests(MemoryFixture fixture) : ScanFeedContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanListTests(MemoryFixture fixture) : ScanListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanReplayTests(MemoryFixture fixture) : ScanReplayContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanTests(MemoryFixture fixture) : ScanContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryTotalsTests(MemoryFixture fixture) : TotalsContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryUserTests(MemoryFixture fixture) : UserContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryUserRaceTests(MemoryFixture fixture) : UserRaceContract(fixture), IClassFixture<MemoryFixture>;
