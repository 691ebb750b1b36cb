using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>A binary COPY into a table. Disposed without <see cref="CompleteAsync"/>, it cancels the COPY, and with it the transaction.</summary>
internal sealed class CopyStream : IAsyncDisposable
{
    private readonly NpgsqlRawCopyStream _stream;
    private bool _ended;

    private CopyStream(NpgsqlRawCopyStream stream)
    {
        _stream = stream;
        Rows.Header();
    }

    /// <summary>Where rows are written; empty it by <see cref="FlushAsync"/> when it is full.</summary>
    public CopyBuffer Rows { get; } = new();

    public static async ValueTask<CopyStream> BeginAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var stream = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false);
        // A large COPY takes its time; who waits has a token.
        stream.WriteTimeout = stream.ReadTimeout = Timeout.Infinite;
        return new(stream);
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => Rows.IsFull ? FlushAsync(cancellationToken) : default;

    /// <summary>Sends what is in the buffer, which is not to be touched until it has gone.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(Rows.Written, cancellationToken).ConfigureAwait(false);
        Rows.Clear();
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        Rows.Trailer();
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        _ended = true;
        // Only this tells what the server says to the last rows.
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await _stream.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Rows.Dispose();
        if (_ended)
            return;
        try
        {
            // Disposing alone would end the COPY as if all rows had come.
            await _stream.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection broke or the server refused a row: what led here is thrown on, and tells more.
        }
    }
}
