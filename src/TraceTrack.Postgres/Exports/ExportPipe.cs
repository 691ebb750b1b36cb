using System.Buffers;
using System.Text;
using Npgsql;
using TraceTrack.Exports;

namespace TraceTrack.Postgres;

/// <summary>Hands the lines of COPY on to where they are wanted, counts them, and reports how far it is.</summary>
internal sealed class ExportPipe(Stream destination, IProgress<ExportProgress>? progress, TimeProvider clock) : IDisposable
{
    private const int ReportEvery = 50_000;

    private static readonly byte[] Heading = Encoding.UTF8.GetBytes(ExportCsv.Heading + "\n");

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private readonly long _started = clock.GetTimestamp();
    private int _length;
    private long _rows;

    public ValueTask WriteHeadingAsync(CancellationToken cancellationToken) => destination.WriteAsync(Heading, cancellationToken);

    public async ValueTask CopyAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var copy = await connection.BeginTextExportAsync(sql, cancellationToken).ConfigureAwait(false);
        copy.Timeout = Timeout.Infinite;
        var ended = false;
        try
        {
            // The bytes below the reader are UTF-8 already: decoding and encoding them again costs as much as all the rest.
            var lines = copy.BaseStream;
            while (!ended)
            {
                var read = await lines.ReadAsync(_bytes.AsMemory(_length), cancellationToken).ConfigureAwait(false);
                Count(_bytes.AsSpan(_length, read));
                _length += read;
                ended = read == 0;
                // COPY gives a line at a time; the destination gets many.
                if (_length == _bytes.Length || ended)
                    await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch when (!ended)
        {
            await CancelAsync(copy).ConfigureAwait(false);
            throw;
        }

        await copy.DisposeAsync().ConfigureAwait(false);
    }

    /// <returns>The rows written.</returns>
    public async ValueTask<long> EndAsync(CancellationToken cancellationToken)
    {
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(new(_rows, clock.GetElapsedTime(_started)));
        return _rows;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    /// <summary>Disposing alone would first read all that is still to come.</summary>
    private static async ValueTask CancelAsync(NpgsqlCopyTextReader copy)
    {
        try
        {
            await copy.CancelAsync().ConfigureAwait(false);
            await copy.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The COPY ends by an error, as it should, or the connection is lost: what led here is thrown on, and tells more.
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await destination.WriteAsync(_bytes.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        _length = 0;
    }

    private void Count(ReadOnlySpan<byte> lines)
    {
        var before = _rows;
        _rows += lines.Count((byte)'\n');
        if (before / ReportEvery != _rows / ReportEvery)
            progress?.Report(new(_rows, clock.GetElapsedTime(_started)));
    }
}
