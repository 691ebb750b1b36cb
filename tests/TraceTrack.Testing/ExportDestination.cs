using System.Text;

namespace TraceTrack.Testing;

/// <summary>A stream that keeps what it is given, and lets things happen meanwhile.</summary>
public sealed class ExportDestination : MemoryStream
{
    private bool _begun;

    public Func<Task>? BeforeFirst { get; init; }

    public Func<Task>? AfterFirst { get; init; }

    public bool IsFlushed { get; private set; }

    /// <summary>Strictly UTF-8, without a byte order mark.</summary>
    public string Text => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(ToArray());

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isFirst = !_begun;
        _begun = true;
        if (isFirst && BeforeFirst is { } before)
            await before();
        await base.WriteAsync(buffer, cancellationToken);
        if (isFirst && AfterFirst is { } after)
            await after();
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        IsFlushed = true;
        return base.FlushAsync(cancellationToken);
    }
}
