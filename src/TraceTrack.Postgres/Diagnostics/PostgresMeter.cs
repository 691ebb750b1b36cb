using System.Diagnostics.Metrics;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>What Npgsql cannot know.</summary>
internal sealed class PostgresMeter(TraceTrackMeter meter)
{
    private readonly Counter<long> _retries = meter.Meter.CreateCounter<long>(PostgresDiagnostics.Retries, "{retry}", "Operations begun anew after a fault");
    private readonly Counter<long> _migrations = meter.Meter.CreateCounter<long>(PostgresDiagnostics.Migrations, "{migration}", "Migrations applied");
    private readonly Counter<long> _indexes = meter.Meter.CreateCounter<long>(PostgresDiagnostics.Indexes, "{index}", "Indexes built, rebuilt and removed");

    public void TryingAgain(Exception? error) => _retries.Add(1, new KeyValuePair<string, object?>("error.type", error switch
    {
        StaleLocksException => "stale_locks",
        PostgresException postgres => postgres.SqlState,
        _ => error?.GetType().FullName,
    }));

    public void Migrated() => _migrations.Add(1);

    public void Index(string action, bool isDone) => _indexes.Add(
        1, new(TraceTrackDiagnostics.ActionTag, action), new(TraceTrackDiagnostics.OutcomeTag, isDone ? "done" : "failed"));
}
