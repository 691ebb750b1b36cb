using TraceTrack.Testing;

namespace TraceTrack.Caching.Contracts;

public sealed class MemoryAccessTests(MemoryFixture fixture) : AccessContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBagListTests(MemoryFixture fixture) : BagListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBagStoreTests(MemoryFixture fixture) : BagStoreContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryBillTests(MemoryFixture fixture) : BillContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryConcurrencyTests(MemoryFixture fixture) : ConcurrencyContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportExistingTests(MemoryFixture fixture) : ImportExistingContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportModelTests(MemoryFixture fixture) : ImportModelContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportOutcomeTests(MemoryFixture fixture) : ImportOutcomeContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportRowTests(MemoryFixture fixture) : ImportRowContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportTests(MemoryFixture fixture) : ImportContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryImportUpdateTests(MemoryFixture fixture) : ImportUpdateContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryLoginSessionTests(MemoryFixture fixture) : LoginSessionContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryModelTests(MemoryFixture fixture) : ModelContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanAreaTests(MemoryFixture fixture) : ScanAreaContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanListTests(MemoryFixture fixture) : ScanListContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanLogImportTests(MemoryFixture fixture) : ScanLogImportContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanReplayTests(MemoryFixture fixture) : ScanReplayContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryScanTests(MemoryFixture fixture) : ScanContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryTotalsTests(MemoryFixture fixture) : TotalsContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryUserRaceTests(MemoryFixture fixture) : UserRaceContract(fixture), IClassFixture<MemoryFixture>;

public sealed class MemoryUserTests(MemoryFixture fixture) : UserContract(fixture), IClassFixture<MemoryFixture>;
