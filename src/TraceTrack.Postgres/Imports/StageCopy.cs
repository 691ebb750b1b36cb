using Npgsql;
using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>
/// Rows on their way to a staging table: over one connection, or over several, a chunk to each in turn while the others are still sending.
/// Disposed without <see cref="CompleteAsync"/>, it cancels all of them.
/// </summary>
internal sealed class StageCopy : IAsyncDisposable
{
    private const short Columns = 10;

    private readonly CopyStream[] _streams;
    private readonly Task[] _sending;
    private int _turn;

    private StageCopy(CopyStream[] streams)
    {
        _streams = streams;
        _sending = new Task[streams.Length];
        Array.Fill(_sending, Task.CompletedTask);
    }

    private CopyBuffer Rows => _streams[_turn].Rows;

    public static async ValueTask<StageCopy> BeginAsync(IReadOnlyList<NpgsqlConnection> connections, string sql, CancellationToken cancellationToken)
    {
        var streams = new List<CopyStream>(connections.Count);
        try
        {
            foreach (var connection in connections)
                streams.Add(await CopyStream.BeginAsync(connection, sql, cancellationToken).ConfigureAwait(false));
            return new([.. streams]);
        }
        catch
        {
            foreach (var stream in streams)
                await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask RefuseAsync(RowResult result, CancellationToken cancellationToken)
    {
        var rows = Begin(result.Ordinal);
        rows.Null();
        rows.Null();
        rows.Null();
        rows.Int16((short)result.Reason);
        rows.Text(result.Qr);
        rows.Null();
        rows.Null();
        rows.Null();
        rows.Text(result.Detail);
        return SendIfFullAsync(cancellationToken);
    }

    public ValueTask AddAsync(long ordinal, in CheckedRow row, string? given, CancellationToken cancellationToken)
    {
        var rows = Begin(ordinal);
        rows.Int16((short)row.Kind);
        rows.Int32((int)row.WeightGrams);
        rows.Boolean(row.HasWeight);
        rows.Null();
        rows.Text(row.Qr.Value);
        rows.Text(row.ParentQr?.Value);
        rows.Text(row.Area);
        rows.Text(given);
        rows.Null();
        return SendIfFullAsync(cancellationToken);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_streams.Select((stream, i) => EndAsync(i, stream, cancellationToken))).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _streams.Length; i++)
        {
            // A connection does one thing at a time, and what went wrong is thrown on already.
            await _sending[i].ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _streams[i].DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task EndAsync(int stream, CopyStream copy, CancellationToken cancellationToken)
    {
        await _sending[stream].ConfigureAwait(false);
        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private CopyBuffer Begin(long ordinal)
    {
        var rows = Rows;
        rows.Row(Columns);
        rows.Int64(ordinal);
        return rows;
    }

    private ValueTask SendIfFullAsync(CancellationToken cancellationToken) => Rows.IsFull ? SendAsync(cancellationToken) : default;

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        _sending[_turn] = _streams[_turn].FlushAsync(cancellationToken).AsTask();
        _turn = (_turn + 1) % _streams.Length;
        await _sending[_turn].ConfigureAwait(false);
    }
}
