using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.LocalServices;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Maintenance;

/// <summary>
/// Random work by eight workers on a server of its own, which crashes in the middle (one of its processes is killed, so that it loses its
/// memory and recovers from its log). Every work is sent again until it is answered. Then every total is what a recount finds.
/// </summary>
public sealed class CrashTests
{
    private const int Workers = 8;
    private const int ScansAtOnce = 100;

    private static readonly int Operations = Environment.GetEnvironmentVariable("TRACETRACK_DEEP") == "1" ? 1_000_000 : 100_000;

    private readonly DateOnly[] _oldMonths = [.. Enumerable.Range(1, 6).Select(month => new DateOnly(2021, month, 1))];
    private long _done;
    private long _detached;
    private long _again;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Totals_are_exact_after_random_work_with_a_month_detached_and_a_crash()
    {
        await using var server = await LocalPostgres.FindOrStartAsync(new() { Name = "crash", Ephemeral = true }, NullLogger.Instance, Stop);
        if (server is not { Origin: LocalServiceOrigin.ServerBinaries, Owned: true })
        {
            Assert.Skip("A server of its own is needed, to be crashed: one from binaries on this computer.");
            return;
        }

        await using var services = new ServiceCollection()
            .AddTraceTrack(options => options.AllowIncompleteParents = true)
            .UsePostgres(server.ConnectionString, postgres => (postgres.MinPoolSize, postgres.MaxPoolSize) = (Workers, 40))
            .Services.BuildServiceProvider();
        await services.GetRequiredService<SchemaMigrator>().MigrateAsync(Stop);
        var crash = CrashAsync(server.ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(services, new Random(worker)), Stop)));
        await crash;
        Assert.True(_again > 0, "The crash met nobody at work.");
        Assert.True(_detached > 0);

        var tracker = services.GetRequiredService<ITraceTrack>().As(Actor.System);
        var recount = await tracker.Totals.ReconcileAsync(Stop);
        Assert.True(recount.IsExact, $"kept {recount.Kept}, counted {recount.Counted}");
        Assert.True(recount.Counted is { Parents: > 0, Children: > 0, Bills: > 0 });
        Assert.True(recount.Counted.Scans >= Operations - (Workers * 2));
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        // Nothing that was sent again is there twice, in the log or in its archived months.
        Assert.Equal((recount.Counted.Scans, recount.Counted.Scans), await CountAsync(source));
        var report = await services.GetRequiredService<IndexBootstrapper>().ReportAsync(Stop);
        Assert.DoesNotContain(report.Problems, problem => !problem.StartsWith("bag_qr_trgm_idx", StringComparison.Ordinal));
    }

    private async Task WorkAsync(ServiceProvider services, Random random)
    {
        var tracker = services.GetRequiredService<ITraceTrack>().As(Actor.System);
        var keeper = services.GetRequiredService<ScanLogKeeper>();
        while (Interlocked.Read(ref _done) < Operations)
        {
            switch (random.Next(40))
            {
                case 0:
                    await ImportAsync(tracker, random);
                    break;
                case 1:
                    await RepeatAsync(async () => Interlocked.Add(ref _detached, (await keeper.DetachAsync(_oldMonths[random.Next(6)], Stop))?.Rows ?? 0));
                    break;
                case 2:
                    await RepeatAsync(() => keeper.MaintainAsync(Stop).AsTask());
                    break;
                case < 6:
                    var number = BillNumber.Parse($"B{random.Next(400)}");
                    await RepeatAsync(() => tracker.Bills.CreateAsync(new(number, random.Next(1, 20)), Stop).AsTask());
                    break;
                case 6:
                    var completed = BillNumber.Parse($"B{random.Next(400)}");
                    await RepeatAsync(() => tracker.Bills.CompleteAsync(completed, cancellationToken: Stop).AsTask());
                    break;
                default:
                    await RecordAsync(services, random);
                    break;
            }
        }
    }

    private async Task RecordAsync(ServiceProvider services, Random random)
    {
        var scans = Enumerable.Range(0, ScansAtOnce).Select(_ => Scan(random)).ToArray();
        var warehouse = new TraceTrack.Testing.Warehouse(services);
        await RepeatAsync(() => warehouse.RecordBatchAsync(Actor.System, scans));
        Interlocked.Add(ref _done, scans.Length);
    }

    private static RecordScan Scan(Random random)
    {
        var (child, parent) = (QrCode.Parse($"C{random.Next(20_000):00000}"), QrCode.Parse($"SB{random.Next(1000)}"));
        return random.Next(10) switch
        {
            0 => RecordScan.Observe(ScanId.New(), child),
            1 => RecordScan.Load(ScanId.New(), parent, BillNumber.Parse($"B{random.Next(400)}")),
            2 => RecordScan.Unload(ScanId.New(), parent),
            3 => RecordScan.Unlink(ScanId.New(), child),
            _ => RecordScan.Link(ScanId.New(), child, parent),
        };
    }

    private async Task ImportAsync(ITracker tracker, Random random)
    {
        var log = Enumerable.Range(0, ScansAtOnce).Select(_ => new Scan
        {
            ScanId = ScanId.New(),
            Action = ScanAction.Observe,
            Qr = QrCode.Parse($"C{random.Next(20_000):00000}"),
            Outcome = ScanOutcome.Recorded,
            ActorId = "earlier",
            ScannedAt = DateTimeOffset.UnixEpoch,
            RecordedAt = new(2021, random.Next(1, 7), random.Next(1, 28), 0, 0, 0, TimeSpan.Zero),
        }).ToArray();
        var id = Guid.NewGuid();
        await RepeatAsync(() => tracker.Imports.ImportScansAsync(log.ToAsyncEnumerable(), new() { ImportId = id }, cancellationToken: Stop).AsTask());
        Interlocked.Add(ref _done, log.Length);
    }

    /// <summary>As a client does that got no answer: the same again.</summary>
    private async Task RepeatAsync(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (ConflictException error) when (error.Code != ErrorCodes.StoreBusy)
            {
                return;
            }
            catch (NotFoundException)
            {
                return;
            }
            catch (ConflictException)
            {
                // Busy: a month is being detached.
            }
            catch (NpgsqlException)
            {
                Interlocked.Increment(ref _again);
            }

            await Task.Delay(50, Stop);
        }
    }

    private async Task CrashAsync(string connectionString)
    {
        while (Interlocked.Read(ref _done) < Operations / 2)
            await Task.Delay(20, Stop);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        using var backend = Process.GetProcessById((int)(await command.ExecuteScalarAsync(Stop))!);
        backend.Kill();
    }

    private static async Task<(long Rows, long Ids)> CountAsync(NpgsqlDataSource source)
    {
        var tables = new List<string> { "tracetrack.scan" };
        await using (var find = source.CreateCommand("SELECT 'tracetrack.' || table_name FROM tracetrack.scan_archive"))
        await using (var names = await find.ExecuteReaderAsync(Stop))
        {
            while (await names.ReadAsync(Stop))
                tables.Add(names.GetString(0));
        }

        var all = string.Join(" UNION ALL ", tables.Select(table => $"SELECT scan_id FROM {table}"));
        await using var count = source.CreateCommand($"SELECT count(*), count(DISTINCT scan_id) FROM ({all}) s");
        await using var row = await count.ExecuteReaderAsync(Stop);
        await row.ReadAsync(Stop);
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
