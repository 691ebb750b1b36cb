namespace TraceTrack.Postgres;

/// <summary>
/// The instruments of this package, of the meter <see cref="TraceTrackDiagnostics.MeterName"/>. Statements, connections and the pool are
/// measured by Npgsql itself: subscribe to its meter and its activity source, both <c>Npgsql</c>, beside TraceTrack's.
/// </summary>
public static class PostgresDiagnostics
{
    /// <summary>
    /// Counter, <c>{retry}</c>: operations begun anew after a fault, by <c>error.type</c>: the SQLSTATE; <c>stale_locks</c> when rows changed
    /// between finding and locking them, so that a scan is decided again; else the exception's type.
    /// </summary>
    public const string Retries = "tracetrack.postgres.retries";

    /// <summary>Counter, <c>{migration}</c>: migrations applied by this process.</summary>
    public const string Migrations = "tracetrack.postgres.migrations";

    /// <summary>
    /// Counter, <c>{index}</c>: indexes worked on by this process, by <see cref="TraceTrackDiagnostics.ActionTag"/> (building, rebuilding,
    /// completing, removing) and <see cref="TraceTrackDiagnostics.OutcomeTag"/> (done, failed).
    /// </summary>
    public const string Indexes = "tracetrack.postgres.indexes";
}
