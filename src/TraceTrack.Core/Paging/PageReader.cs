namespace TraceTrack.Paging;

/// <summary>Turns a page request into a store's slice, and the slice's rows into a page. The same for every list.</summary>
internal static class PageReader
{
    public static async ValueTask<Page<T>> ReadAsync<T, TPosition>(
        PageRequest request,
        byte[] fingerprint,
        Func<string, TPosition?> parse,
        Func<T, string> position,
        Func<Slice<TPosition>, ValueTask<IReadOnlyList<T>>> read)
        where TPosition : struct
    {
        TPosition? from = request.Cursor is null
            ? null
            : parse(Cursor.Decode(fingerprint, request.Cursor)) ?? throw Cursor.Invalid();
        var rows = await read(new(from, request.Backward, request.Size + 1)).ConfigureAwait(false);
        var more = rows.Count > request.Size;
        var items = rows.Take(request.Size).ToArray();
        if (request.Backward)
            Array.Reverse(items);
        var cursors = Array.ConvertAll(items, item => Cursor.Encode(fingerprint, position(item)));
        // The rows on the far side of the cursor were seen by whoever holds it.
        return request.Backward
            ? new(items, cursors, HasNext: from is not null, HasPrevious: more)
            : new(items, cursors, HasNext: more, HasPrevious: from is not null);
    }
}
