using Npgsql;
using TraceTrack.Scans;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// The scans that the Undos of a batch are about. A round trip of its own, before the two of every batch and with their BEGIN: which
/// bags and bills to lock is known only when the scans are. Nothing can undo them until this transaction ends, and locks no other scan takes
/// are held meanwhile, so the actor's devices go on scanning.
/// </summary>
/// <param name="Undoable">The actor's latest scans that stand, newest first.</param>
/// <param name="Repeated">The rows of Undos that were recorded before.</param>
internal sealed record ScanUndo(IReadOnlyList<Scan> Undoable, IReadOnlyList<Scan> Repeated)
{
    public static readonly ScanUndo None = new([], []);

    public IEnumerable<string> Codes => Undoable.Concat(Repeated)
        .SelectMany(scan => new[] { scan.Qr?.Value, scan.ParentQr?.Value, scan.FromParentQr?.Value }).OfType<string>();

    public IEnumerable<string> Numbers => Undoable.Concat(Repeated).Select(scan => scan.BillNumber?.Value).OfType<string>();

    /// <summary>The parameters of ScanUndoSql.Undoable.</summary>
    public static NpgsqlParameter[] Latest(ScanRequest request) =>
        [Parameter(request.ActorId), Parameter(request.ReplayWindow), Parameter((long)request.Undos.Count)];

    /// <summary>
    /// False when the scans read under the locks are others: while this waited for the bags, another device of the actor recorded a scan, and that
    /// is the latest now. (One that is recorded between this look and the commit, and shares no bag, counts as later than the Undo.)
    /// </summary>
    public bool IsOf(IReadOnlyList<Scan> latest) => latest.Select(scan => scan.EventId).SequenceEqual(Undoable.Select(scan => scan.EventId));

    public static async ValueTask<ScanUndo> BeginAsync(
        NpgsqlConnection connection, Database database, ScanRequest request, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(TransactionSql.Begin)
            .Add(database.Sql(ScanUndoSql.Lock), Parameter($"tracetrack undo {database.Schema.Name} {request.ActorId}"))
            .Add(database.Sql(ScanUndoSql.Undoable), Latest(request))
            .Add(database.Sql(ScanUndoSql.Repeated), Parameter(request.Undos.Select(id => id.Value).ToArray()), Parameter(request.ActorId));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        List<Scan> undoable = [], repeated = [];
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAllAsync(undoable, ScanReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAllAsync(repeated, ScanReader.Read, cancellationToken).ConfigureAwait(false);
        return new(undoable, repeated);
    }
}
