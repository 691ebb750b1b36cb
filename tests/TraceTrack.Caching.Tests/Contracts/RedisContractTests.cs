using TraceTrack.Testing;

namespace TraceTrack.Caching.Contracts;

public sealed class RedisAccessTests(RedisFixture fixture) : AccessContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisBagListTests(RedisFixture fixture) : BagListContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisBagStoreTests(RedisFixture fixture) : BagStoreContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisBillTests(RedisFixture fixture) : BillContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisBillStatusTests(RedisFixture fixture) : BillStatusContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisBillLifeTests(RedisFixture fixture) : BillLifeContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisBillCrowdTests(RedisFixture fixture) : BillCrowdContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisBillRecalculationTests(RedisFixture fixture) : BillRecalculationContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisDaySummaryTests(RedisFixture fixture) : DaySummaryContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisConcurrencyTests(RedisFixture fixture) : ConcurrencyContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisCrowdTests(RedisFixture fixture) : CachedCrowdContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisDeleteTests(RedisFixture fixture) : DeleteContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisExportTests(RedisFixture fixture) : ExportContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisHistoryTests(RedisFixture fixture) : HistoryContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisHistoryListTests(RedisFixture fixture) : HistoryListContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisHistoryModelTests(RedisFixture fixture) : HistoryModelContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisImportExistingTests(RedisFixture fixture) : ImportExistingContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisImportModelTests(RedisFixture fixture) : ImportModelContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisImportOutcomeTests(RedisFixture fixture) : ImportOutcomeContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisImportRowTests(RedisFixture fixture) : ImportRowContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisImportTests(RedisFixture fixture) : ImportContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisImportUpdateTests(RedisFixture fixture) : ImportUpdateContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisLoginSessionTests(RedisFixture fixture) : LoginSessionContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisModelTests(RedisFixture fixture) : ModelContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanAreaTests(RedisFixture fixture) : ScanAreaContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisListFilterTests(RedisFixture fixture) : ListFilterContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanBatchTests(RedisFixture fixture) : ScanBatchContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanFeedTests(RedisFixture fixture) : ScanFeedContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanListTests(RedisFixture fixture) : ScanListContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanRelinkTests(RedisFixture fixture) : ScanRelinkContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanLogImportTests(RedisFixture fixture) : ScanLogImportContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanReplayTests(RedisFixture fixture) : ScanReplayContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanTests(RedisFixture fixture) : ScanContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanTimeTests(RedisFixture fixture) : ScanTimeContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanUndoTests(RedisFixture fixture) : ScanUndoContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisScanUndoRefusalTests(RedisFixture fixture) : ScanUndoRefusalContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisTotalsTests(RedisFixture fixture) : TotalsContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisUserRaceTests(RedisFixture fixture) : UserRaceContract(fixture), IClassFixture<RedisFixture>;

public sealed class RedisUserTests(RedisFixture fixture) : UserContract(fixture), IClassFixture<RedisFixture>;
