using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.History;

internal sealed class ActorHistory(TraceTrackDoor door, Actor actor) : IHistory
{
    private readonly AreaScope _scope = AccessRules.ReadScope(actor);

    public async ValueTask<IReadOnlyList<Stay>> ContentsAtAsync(QrCode parent, DateTimeOffset at, CancellationToken cancellationToken) => _scope.IsNone
        ? []
        : await door.HistoryStore.ContentsAtAsync(parent, RecordedTime.Truncate(at), _scope.Area, cancellationToken).ConfigureAwait(false);

    public async ValueTask<Stay?> ParentAtAsync(QrCode child, DateTimeOffset at, CancellationToken cancellationToken) => _scope.IsNone
        ? null
        : await door.HistoryStore.ParentAtAsync(child, RecordedTime.Truncate(at), _scope.Area, cancellationToken).ConfigureAwait(false);

    public ValueTask<Page<HistoryEntry>> OfBagAsync(QrCode qr, PageRequest page, CancellationToken cancellationToken) => ReadAsync(
        page, "bag history", qr.Value, slice => door.HistoryStore.OfBagAsync(qr, _scope.Area, slice, cancellationToken));

    public ValueTask<Page<HistoryEntry>> OfBillAsync(BillNumber number, PageRequest page, CancellationToken cancellationToken) => ReadAsync(
        page, "bill history", number.Value, slice => door.HistoryStore.OfBillAsync(number, _scope.Area, slice, cancellationToken));

    private async ValueTask<Page<HistoryEntry>> ReadAsync(
        PageRequest page, string list, string of, Func<Slice<HistoryPosition>, ValueTask<IReadOnlyList<HistoryEntry>>> read)
    {
        ArgumentNullException.ThrowIfNull(page);
        return _scope.IsNone
            ? Page<HistoryEntry>.Empty
            : await PageReader.ReadAsync(page, Cursor.Fingerprint(list, of, _scope.Area), Parse, Format, read).ConfigureAwait(false);
    }

    private static string Format(HistoryEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{(short)entry.Kind}:{TimePosition.Format(entry.At, entry.Key)}");

    private static HistoryPosition? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && short.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var kind)
            && TimePosition.Parse(text[(colon + 1)..]) is var (time, key)
                ? new(time, (HistoryKind)kind, key)
                : null;
    }
}
