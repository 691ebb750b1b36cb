using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>
/// The rows refused while reading, encoded for import_result right away, so that millions of them take no memory. They are sent when
/// the COPY of the bags has ended, since a connection does one at a time.
/// </summary>
internal sealed class RefusedRows(long importId) : IAsyncDisposable
{
    private readonly SpillFile _rows = new();

    public Dictionary<RowReason, long> Counts { get; } = [];

    public bool Any => Counts.Count > 0;

    public ValueTask AddAsync(RowResult result, CancellationToken cancellationToken)
    {
        Count(result.Reason, 1);
        var rows = _rows.Rows;
        rows.Row(5);
        rows.Int64(importId);
        rows.Int64(result.Ordinal);
        rows.Int16((short)result.Reason);
        rows.Text(result.Qr);
        rows.Text(result.Detail);
        return _rows.SpillIfFullAsync(cancellationToken);
    }

    /// <summary>Counts rows that the server refused and wrote itself.</summary>
    public void Count(RowReason reason, long rows)
    {
        if (rows > 0)
            Counts[reason] = Counts.GetValueOrDefault(reason) + rows;
    }

    public async ValueTask SendAsync(CopyStream copy, CancellationToken cancellationToken)
    {
        await foreach (var rows in _rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            await copy.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();
}
