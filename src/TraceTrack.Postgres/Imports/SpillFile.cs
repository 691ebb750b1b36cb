namespace TraceTrack.Postgres;

/// <summary>Encoded rows that wait for the end of an import: in memory while they are few, then in a temporary file.</summary>
internal sealed class SpillFile : IAsyncDisposable
{
    private const int KeptInMemory = 1024 * 1024;

    private FileStream? _file;

    public CopyBuffer Rows { get; } = new();

    public async ValueTask SpillIfFullAsync(CancellationToken cancellationToken)
    {
        if (Rows.Length < KeptInMemory)
            return;
        _file ??= Create();
        await _file.WriteAsync(Rows.Written, cancellationToken).ConfigureAwait(false);
        Rows.Clear();
    }

    /// <summary>Everything written, in order. Ends the writing.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            _file.Position = 0;
            var bytes = new byte[CopyBuffer.FlushAt];
            int count;
            while ((count = await _file.ReadAsync(bytes, cancellationToken).ConfigureAwait(false)) > 0)
                yield return bytes.AsMemory(0, count);
        }

        yield return Rows.Written;
    }

    /// <summary>Everything written, record by record.</summary>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        TryReadRecord<T> tryRead, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pending = new MemoryStream();
        await using var _ = pending.ConfigureAwait(false);
        await foreach (var chunk in ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            pending.Write(chunk.Span);
            var read = 0;
            while (tryRead(pending.GetBuffer().AsSpan(read, (int)pending.Length - read), out var record, out var length))
            {
                read += length;
                yield return record;
            }

            KeepRest(pending, read);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Rows.Dispose();
        if (_file is not null)
            await _file.DisposeAsync().ConfigureAwait(false);
    }

    private static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), "tracetrack-import-" + Path.GetRandomFileName()), options);
        // Elsewhere than on Windows the name can go at once; then nothing is left even after a kill.
        if (!OperatingSystem.IsWindows())
            File.Delete(file.Name);
        return file;
    }

    private static void KeepRest(MemoryStream pending, int read)
    {
        var rest = pending.GetBuffer().AsSpan(read, (int)pending.Length - read);
        rest.CopyTo(pending.GetBuffer());
        pending.SetLength(rest.Length);
        pending.Position = rest.Length;
    }
}

/// <summary>Reads the record a text of bytes begins with.</summary>
/// <returns>False when it is not whole.</returns>
internal delegate bool TryReadRecord<T>(ReadOnlySpan<byte> bytes, out T record, out int length);
