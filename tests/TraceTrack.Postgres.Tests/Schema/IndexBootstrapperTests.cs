using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Postgres.Tests.Schema;

public sealed class IndexBootstrapperTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_schema_has_the_reports_thirteen_indexes_and_more_all_valid()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var report = await Bootstrapper(store).ReportAsync(Stop);
        Assert.Empty(Missing(report));
        Assert.All(report.Indexes, index => Assert.True(index.IsValid, index.Name));
        string[] thirteen =
        [
            "bag_qr_key", "bag_kind_parent_idx", "bag_kind_child_idx", "bag_status_linked_idx", "bag_status_other_idx", "bag_parent_idx", "bill_number_key", "bill_status_idx", "bill_creator_idx",
            "bill_bag_bill_idx", "bill_bag_pkey", "scan_actor_idx", "scan_pkey", "app_user_name_key", "app_user_role_idx",
        ];
        Assert.Empty(thirteen.Except(report.Indexes.Select(index => index.Name)));
        Assert.All(report.Indexes.Where(index => IndexCatalog.All.Any(known => known.Name == index.Name)), index => Assert.NotEmpty(index.Purpose));
    }

    [Fact]
    public async Task No_index_repeats_another()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var report = await Bootstrapper(store).ReportAsync(Stop);
        var repeated = report.Indexes.GroupBy(index => (index.Table, index.Columns)).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(repeated);
    }

    [Fact]
    public async Task Missing_indexes_are_built_on_tables_with_rows_and_their_partitions()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("INSERT INTO tracetrack.bag (version, created_at, changed_at, kind, qr) VALUES (1, now(), now(), 2, 'C1')");
        await store.ExecuteAsync("DROP INDEX tracetrack.bag_kind_child_idx; DROP INDEX tracetrack.scan_qr_idx; DROP INDEX tracetrack.bag_qr_trgm_idx");
        var lines = new List<string>();
        var before = await Bootstrapper(store).ReportAsync(Stop);
        var after = await Bootstrapper(store).OptimizeAsync(new Lines(lines), Stop);
        Assert.Equal(["bag_kind_child_idx", "bag_qr_trgm_idx", "scan_qr_idx"], Missing(before).Order(StringComparer.Ordinal));
        Assert.Empty(Missing(after));
        Assert.All(after.Indexes, index => Assert.True(index.IsValid, index.Name));
        Assert.Contains(lines, line => line.Contains("scan_default", StringComparison.Ordinal));
        Assert.Equal(1, await store.ScalarAsync<float>("SELECT reltuples FROM pg_class WHERE oid = 'tracetrack.bag'::regclass"));
    }

    [Fact]
    public async Task An_index_whose_building_was_interrupted_is_found_and_rebuilt_at_start()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        // Two rows of one code make the concurrent build of a unique index fail half-way, which leaves it invalid, as a crash does.
        await store.ExecuteAsync("DROP INDEX tracetrack.bag_qr_key");
        await store.ExecuteAsync("INSERT INTO tracetrack.bag (version, created_at, changed_at, kind, qr) SELECT 1, now(), now(), 2, 'C1' FROM generate_series(1, 2)");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => store.ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY bag_qr_key ON tracetrack.bag (qr)"));
        await store.ExecuteAsync("DELETE FROM tracetrack.bag");
        Assert.False((await Bootstrapper(store).ReportAsync(Stop)).Indexes.Single(index => index.Name == "bag_qr_key").IsValid);
        await Bootstrapper(store).HealAsync(Stop);
        Assert.True((await Bootstrapper(store).ReportAsync(Stop)).Indexes.Single(index => index.Name == "bag_qr_key").IsValid);
    }

    [Fact]
    public async Task Several_processes_may_optimise_at_once()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("DROP INDEX tracetrack.bag_status_other_idx");
        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Bootstrapper(store).OptimizeAsync(cancellationToken: Stop)));
        Assert.All(reports, report => Assert.Empty(Missing(report)));
    }

    private static IEnumerable<string> Missing(IndexReport report) =>
        IndexCatalog.All.Select(index => index.Name).Except(report.Indexes.Select(index => index.Name));

    private static IndexBootstrapper Bootstrapper(PostgresStore store) => store.Services.GetRequiredService<IndexBootstrapper>();

    private sealed class Lines(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
