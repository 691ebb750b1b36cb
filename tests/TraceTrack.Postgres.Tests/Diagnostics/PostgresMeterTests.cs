using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Diagnostics;

public sealed class PostgresMeterTests(PostgresServer server)
{
    [Fact]
    public async Task Retries_are_counted_by_what_went_wrong()
    {
        using var measured = new Measurements();
        using var meter = new TraceTrackMeter(measured);
        var pipeline = Retries.Pipeline(3, Retries.IsTransient, NullLogger.Instance, new(meter));
        var faults = new Queue<Exception>(
            [new StaleLocksException(), new PostgresException("x", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected), new NpgsqlException("lost", new IOException())]);
        await pipeline.ExecuteAsync(_ => faults.TryDequeue(out var fault) ? throw fault : ValueTask.CompletedTask, TestContext.Current.CancellationToken);
        Assert.Equal(
            new Dictionary<string, double> { ["error.type=stale_locks"] = 1, ["error.type=40P01"] = 1, ["error.type=Npgsql.NpgsqlException"] = 1 },
            measured.Sums(PostgresDiagnostics.Retries));
    }

    [Fact]
    public async Task Statements_of_Npgsql_stand_below_the_operation_that_sent_them()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        using var traces = new Traces(TraceTrackDiagnostics.ActivitySourceName, "Npgsql");
        await new Warehouse(store.Services).ObserveAsync("C001");
        var scan = Assert.Single(traces.Ended, activity => activity.OperationName == "tracetrack.observe");
        var statements = traces.Ended.Where(activity => activity.Source.Name == "Npgsql").ToArray();
        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.Equal(scan.SpanId, statement.ParentSpanId));
    }

    [Fact]
    public async Task Migrations_and_work_on_indexes_are_counted()
    {
        using var measured = new Measurements();
        await using var store = await PostgresStore.CreateAsync(server, meters: measured);
        Assert.Equal([Migration.All.Count], measured.Sums(PostgresDiagnostics.Migrations).Values);
        await store.ExecuteAsync("DROP INDEX tracetrack.bag_status_other_idx");
        await store.Services.GetRequiredService<IndexBootstrapper>().OptimizeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            new Dictionary<string, double> { ["tracetrack.action=building tracetrack.outcome=done"] = 1 },
            measured.Sums(PostgresDiagnostics.Indexes));
    }
}
