using System.Buffers;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresBagStore(Database database) : IBagStore
{
    /// <summary>Characters of a text that the trigram index is asked for; the rest is compared with what it finds.</summary>
    private const int MostOfIndex = 6;

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // Substring search asks until the index is there; then it is taken to stay.
    private volatile bool _hasTrigrams;

    public ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.Repeatable,
            (Sql: database.Sql(BagSql.Find), qr),
            static async (connection, args, token) =>
            {
                var command = connection.Command(args.Sql, Parameter(args.qr.Value));
                await using var _ = command.ConfigureAwait(false);
                var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using var __ = reader.ConfigureAwait(false);
                return await reader.ReadAsync(token).ConfigureAwait(false) ? BagReader.Read(reader) : null;
            },
            cancellationToken);

    public async ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
    {
        if (qrs.Count == 0)
            return [];
        var rows = await RowsAsync(BagSql.FindMany, [Parameter(Values(qrs))], cancellationToken).ConfigureAwait(false);
        var found = rows.ToDictionary(bag => bag.Qr);
        var aligned = new Bag?[qrs.Count];
        for (var i = 0; i < aligned.Length; i++)
            aligned[i] = found.GetValueOrDefault(qrs[i]);
        return aligned;
    }

    public async ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken) =>
        await RowsAsync(BagSql.ChildrenOf, [Parameter(Values(parents))], cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken) =>
        await RowsAsync(
            BagSql.OnBills, [Parameter(bills.Select(bill => bill.Value).ToArray())], cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken)
    {
        var parts = BagListParts.None;
        var parameters = new List<NpgsqlParameter>(9);
        void Use<T>(BagListParts part, T value)
        {
            parts |= part;
            parameters.Add(Parameter(value));
        }

        if (filter.Kind is { } kind)
            parts |= kind == BagKind.Parent ? BagListParts.Parents : BagListParts.Children;
        var status = StatusPart(filter);
        if (status == BagListParts.OwnStatus)
            Use(status, (short)filter.Status!.Value);
        else
            parts |= status;
        if (filter.Area is { } area)
            Use(BagListParts.Area, area);
        if (filter.Parent is { } parent)
            Use(BagListParts.Parent, parent.Value);
        if (filter.Bill is { } bill)
            Use(BagListParts.Bill, bill.Value);
        if (!filter.Created.IsAll)
        {
            parts |= BagListParts.Created;
            parameters.AddRange(Range(filter.Created));
        }

        if (slice.From is { } from)
            Use(BagListParts.From, from.Value);
        if (slice.Backward)
            parts |= BagListParts.Backward;
        parameters.Add(Parameter((long)slice.Count));
        return await RowsAsync(
            BagSql.List(parts), [.. parameters], cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken)
    {
        // DEL comes after every character a code may have.
        var beyond = text + '\u007f';
        var codes = await CodesAsync(
            BagSql.SearchPrefix, [Parameter(text), Parameter(beyond), Parameter((long)limit), Parameter(area)], cancellationToken).ConfigureAwait(false);
        if (codes.Count >= limit || text.Length < 3)
            return codes;
        if (!_hasTrigrams && !await HasTrigramsAsync(cancellationToken).ConfigureAwait(false))
        {
            return codes.Count > 0
                ? codes
                : throw new TraceTrackException(ErrorCodes.SubstringSearchUnavailable,
                    "No code begins with this text, and search inside codes needs the PostgreSQL extension pg_trgm, which is not installed.");
        }

        // _ is a letter of codes and a wildcard of LIKE.
        var pattern = "%" + ForIndex(text).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        var more = await CodesAsync(
            BagSql.SearchInside,
            [Parameter(text), Parameter(beyond), Parameter((long)(limit - codes.Count)), Parameter(area), Parameter(pattern)],
            cancellationToken).ConfigureAwait(false);
        return [.. codes, .. more];
    }

    // Not repeated after a lost connection: the first attempt may have deleted the bags, and the second would call them unknown.
    public ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.RolledBack,
            (Database: database, qrs),
            static (connection, args, token) => args.Database.WhileStaleAsync(
                (Connection: connection, args.Database, args.qrs, Token: token),
                static (work, _) => new BagTransaction(work.Connection, work.Database, work.qrs).DeleteAsync(work.Token)),
            cancellationToken);

    /// <summary>
    /// The end of a long text. How codes begin they have in common, and the index would walk through all of those for nothing: 24 ms for a whole
    /// code among 800,000, and 0.3 ms for its end. Of anything but letters and digits the index knows too little.
    /// </summary>
    private static string ForIndex(string text) =>
        text.Length > MostOfIndex && text.AsSpan(text.Length - MostOfIndex).IndexOfAnyExcept(LettersAndDigits) < 0 ? text[^MostOfIndex..] : text;

    private static BagListParts StatusPart(BagFilter filter) => filter.Status switch
    {
        null => BagListParts.None,
        BagStatus.Linked => BagListParts.LinkedStatus,
        BagStatus.Billed when filter.Kind != BagKind.Parent => BagListParts.Billed,
        BagStatus.Dispatched when filter.Kind != BagKind.Parent => BagListParts.Dispatched,
        _ => BagListParts.OwnStatus,
    };

    private static string[] Values(IReadOnlyList<QrCode> qrs)
    {
        var values = new string[qrs.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = qrs[i].Value;
        return values;
    }

    private ValueTask<List<Bag>> RowsAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(sql, parameters, BagReader.Read, cancellationToken);

    private ValueTask<List<QrCode>> CodesAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(sql, parameters, BagReader.ReadQr, cancellationToken);

    private async ValueTask<bool> HasTrigramsAsync(CancellationToken cancellationToken) =>
        _hasTrigrams = (await database.ReadAsync(BagSql.HasTrigrams, [], static row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false))[0];
}
