using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Contracts;

public sealed class PostgresAccessTests(PostgresFixture fixture) : AccessContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresAccessMatrixTests(PostgresFixture fixture) : AccessMatrixContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresBagListTests(PostgresFixture fixture) : BagListContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresBagStoreTests(PostgresFixture fixture) : BagStoreContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresBillTests(PostgresFixture fixture) : BillContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresBillStatusTests(PostgresFixture fixture) : BillStatusContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresBillLifeTests(PostgresFixture fixture) : BillLifeContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresBillCrowdTests(PostgresFixture fixture) : BillCrowdContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresBillRecalculationTests(PostgresFixture fixture) : BillRecalculationContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresDaySummaryTests(PostgresFixture fixture) : DaySummaryContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresConcurrencyTests(PostgresFixture fixture) : ConcurrencyContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresDeleteTests(PostgresFixture fixture) : DeleteContract(fixture), IClassFixture<PostgresFixture>;

[Collection("alone")]
public sealed class PostgresExportMemoryTests(PostgresFixture fixture) : ExportMemoryContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresExportTests(PostgresFixture fixture) : ExportContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresHistoryTests(PostgresFixture fixture) : HistoryContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresHistoryListTests(PostgresFixture fixture) : HistoryListContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresHistoryModelTests(PostgresFixture fixture) : HistoryModelContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresImportExistingTests(PostgresFixture fixture) : ImportExistingContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresImportKindTests(PostgresFixture fixture, PostgresServer server) : ImportKindContract(fixture), IClassFixture<PostgresFixture>
{
    protected override ServiceProvider Reopen(Warehouse warehouse, Action<TraceTrackOptions> options)
    {
        var schema = warehouse.Port<IOptions<PostgresOptions>>().Value.SchemaName;
        return new ServiceCollection().AddTraceTrack(options).UsePostgres(server.Source, postgres => postgres.SchemaName = schema).Services.BuildServiceProvider();
    }
}

public sealed class PostgresImportModelTests(PostgresFixture fixture) : ImportModelContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresImportOutcomeTests(PostgresFixture fixture) : ImportOutcomeContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresImportRowTests(PostgresFixture fixture) : ImportRowContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresImportTests(PostgresFixture fixture) : ImportContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresImportUpdateTests(PostgresFixture fixture) : ImportUpdateContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresLoginSessionTests(PostgresFixture fixture) : LoginSessionContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresModelTests(PostgresFixture fixture) : ModelContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanAreaTests(PostgresFixture fixture) : ScanAreaContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanBatchTests(PostgresFixture fixture) : ScanBatchContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanFeedTests(PostgresFixture fixture) : ScanFeedContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanListTests(PostgresFixture fixture) : ScanListContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanRelinkTests(PostgresFixture fixture) : ScanRelinkContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanLogImportTests(PostgresFixture fixture) : ScanLogImportContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanReplayTests(PostgresFixture fixture) : ScanReplayContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanTests(PostgresFixture fixture) : ScanContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanTimeTests(PostgresFixture fixture) : ScanTimeContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanUndoTests(PostgresFixture fixture) : ScanUndoContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresScanUndoRefusalTests(PostgresFixture fixture) : ScanUndoRefusalContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresTotalsTests(PostgresFixture fixture) : TotalsContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresUserChangeTests(PostgresFixture fixture) : UserChangeContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresUserRaceTests(PostgresFixture fixture) : UserRaceContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresUserTests(PostgresFixture fixture) : UserContract(fixture), IClassFixture<PostgresFixture>;

public sealed class PostgresListFilterTests(PostgresFixture fixture) : ListFilterContract(fixture), IClassFixture<PostgresFixture>;
