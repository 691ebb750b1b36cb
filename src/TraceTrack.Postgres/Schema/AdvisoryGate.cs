using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>
/// One process at a time for work on the schema. It polls instead of waiting inside the lock function: a waiting statement holds a
/// snapshot, and CREATE INDEX CONCURRENTLY waits for every older snapshot, so the two would wait for each other.
/// </summary>
internal sealed class AdvisoryGate : IAsyncDisposable
{
    private const string TryLock = "SELECT pg_try_advisory_lock(hashtextextended($1, 7477))";
    private const string Unlock = "SELECT pg_advisory_unlock(hashtextextended($1, 7477))";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlConnection _connection;
    private readonly string _key;

    private AdvisoryGate(NpgsqlConnection connection, string key) => (_connection, _key) = (connection, key);

    public static async Task<AdvisoryGate> EnterAsync(
        NpgsqlConnection connection, string schema, Action onWait, TimeProvider clock, CancellationToken cancellationToken)
    {
        var gate = Of(connection, schema);
        for (var first = true; !await gate.AskAsync(TryLock, cancellationToken).ConfigureAwait(false); first = false)
        {
            if (first)
                onWait();
            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }

        return gate;
    }

    /// <summary>For work that can be left to whoever is at it already.</summary>
    /// <returns>Null when another process is.</returns>
    public static async Task<AdvisoryGate?> TryEnterAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var gate = Of(connection, schema);
        return await gate.AskAsync(TryLock, cancellationToken).ConfigureAwait(false) ? gate : null;
    }

    public async ValueTask DisposeAsync()
    {
        // A connection that broke has given its lock back already.
        if (_connection.State == System.Data.ConnectionState.Open)
            await AskAsync(Unlock, CancellationToken.None).ConfigureAwait(false);
    }

    private static AdvisoryGate Of(NpgsqlConnection connection, string schema) => new(connection, "tracetrack schema " + schema);

    private async Task<bool> AskAsync(string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, _connection) { Parameters = { new() { Value = _key } } };
        await using var _ = command.ConfigureAwait(false);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
