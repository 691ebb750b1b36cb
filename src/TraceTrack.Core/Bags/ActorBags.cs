using TraceTrack.Bills;
using TraceTrack.Diagnostics;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.Bags;

internal sealed class ActorBags(TraceTrackDoor door, Actor actor) : IBags
{
    private readonly AreaScope _scope = AccessRules.ReadScope(actor);

    public async ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken)
    {
        if (_scope.IsNone || await door.BagStore.FindAsync(qr, cancellationToken).ConfigureAwait(false) is not { } bag || !_scope.Allows(bag.Area))
            return null;
        return bag.ParentQr is { } parentQr
            ? BagRules.Compose(bag, await door.BagStore.FindAsync(parentQr, cancellationToken).ConfigureAwait(false))
            : bag;
    }

    public async ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(qrs);
        if (_scope.IsNone || qrs.Count == 0)
            return new Bag?[qrs.Count];
        var found = await door.BagStore.FindManyAsync(qrs, cancellationToken).ConfigureAwait(false);
        var visible = new Bag?[found.Count];
        for (var i = 0; i < visible.Length; i++)
            visible[i] = found[i] is { } bag && _scope.Allows(bag.Area) ? bag : null;
        await ComposeAsync(visible, cancellationToken).ConfigureAwait(false);
        return visible;
    }

    public async ValueTask<IReadOnlyList<IReadOnlyList<Bag>>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parents);
        if (_scope.IsNone || parents.Count == 0)
            return Group<QrCode>(parents, [], _ => default);
        var children = await door.BagStore.ChildrenOfAsync([.. parents.Distinct()], cancellationToken).ConfigureAwait(false);
        return Group(parents, await ComposeVisibleAsync(children, cancellationToken).ConfigureAwait(false), bag => bag.ParentQr!.Value);
    }

    public async ValueTask<IReadOnlyList<IReadOnlyList<Bag>>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bills);
        if (_scope.IsNone || bills.Count == 0)
            return Group<BillNumber>(bills, [], _ => default);
        var parents = await door.BagStore.OnBillsAsync([.. bills.Distinct()], cancellationToken).ConfigureAwait(false);
        return Group(bills, parents.Where(bag => _scope.Allows(bag.Area)), bag => bag.BillNumber!.Value);
    }

    public async ValueTask<Page<Bag>> ListAsync(BagFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(page);
        if (filter.Within(_scope) is not { } allowed)
            return Page<Bag>.Empty;
        var fingerprint = Cursor.Fingerprint(
            "bags", allowed.Kind?.ToString(), allowed.Status?.ToString(), allowed.Area, allowed.Parent?.Value, allowed.Bill?.Value, allowed.Created.Text);
        return await PageReader.ReadAsync(
            page,
            fingerprint,
            text => QrCode.TryParse(text, out var qr) ? qr : (QrCode?)null,
            bag => bag.Qr.Value,
            async slice => await ComposeVisibleAsync(
                await door.BagStore.ListAsync(allowed, slice, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<Bag>> SearchAsync(string text, int limit, CancellationToken cancellationToken) => door.Telemetry.Search.RunAsync(
        SearchOperation.Bags, (Self: this, text, limit), static (args, token) => args.Self.FindTextAsync(args.text, args.limit, token), cancellationToken);

    public async ValueTask<DeleteResult> DeleteAsync(QrCode qr, CancellationToken cancellationToken) =>
        (await DeleteManyAsync([qr], cancellationToken).ConfigureAwait(false))[0];

    public ValueTask<IReadOnlyList<DeleteResult>> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(qrs);
        return door.Telemetry.Delete.RunAsync(
            DeleteOperation.Bags, (Self: this, qrs), static (args, token) => args.Self.RemoveAsync(args.qrs, token), cancellationToken);
    }

    private async ValueTask<IReadOnlyList<DeleteResult>> RemoveAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins delete bags.");
        Batch.Check(qrs, "codes");
        if (qrs.Contains(default))
            throw new InvalidInputException(ErrorCodes.InvalidQrCode, "A bag to delete needs a QR code.");
        return qrs.Count == 0 ? [] : (await door.BagStore.DeleteManyAsync(qrs, cancellationToken).ConfigureAwait(false)).Results;
    }

    private async ValueTask<IReadOnlyList<Bag>> FindTextAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var normal = Identifier.Normalize(text, 1, QrCode.MaxLength)
            ?? throw new InvalidInputException(ErrorCodes.InvalidSearch, $"Search for 1–{QrCode.MaxLength} characters of {Identifier.Alphabet}.");
        if (limit is < 1 or > PageRequest.MaxSize)
            throw new InvalidInputException(ErrorCodes.InvalidPage, $"A search returns 1–{PageRequest.MaxSize} bags.");
        if (_scope.IsNone)
            return [];
        var codes = await door.BagStore.SearchAsync(normal, _scope.Area, limit, cancellationToken).ConfigureAwait(false);
        var bags = await FindManyAsync(codes, cancellationToken).ConfigureAwait(false);
        // A code whose bag was deleted or moved out of the area since the search is left out.
        return [.. bags.OfType<Bag>()];
    }

    private async ValueTask<IReadOnlyList<Bag>> ComposeVisibleAsync(IReadOnlyList<Bag> bags, CancellationToken cancellationToken)
    {
        var visible = bags.Where(bag => _scope.Allows(bag.Area)).ToArray();
        await ComposeAsync(visible, cancellationToken).ConfigureAwait(false);
        return visible;
    }

    /// <summary>Composes children with their parents: those among the bags, the others in one look-up.</summary>
    private async ValueTask ComposeAsync(Bag?[] bags, CancellationToken cancellationToken)
    {
        var parents = new Dictionary<QrCode, Bag?>();
        foreach (var bag in bags)
        {
            if (bag?.ParentQr is { } parentQr)
                parents[parentQr] = null;
        }

        if (parents.Count == 0)
            return;
        foreach (var bag in bags)
        {
            if (bag is { Kind: BagKind.Parent } && parents.ContainsKey(bag.Qr))
                parents[bag.Qr] = bag;
        }

        var missing = parents.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray();
        if (missing.Length > 0)
        {
            foreach (var parent in await door.BagStore.FindManyAsync(missing, cancellationToken).ConfigureAwait(false))
            {
                if (parent is not null)
                    parents[parent.Qr] = parent;
            }
        }

        for (var i = 0; i < bags.Length; i++)
        {
            if (bags[i] is { ParentQr: { } parentQr } child)
                bags[i] = BagRules.Compose(child, parents[parentQr]);
        }
    }

    private static IReadOnlyList<Bag>[] Group<TKey>(IReadOnlyList<TKey> keys, IEnumerable<Bag> bags, Func<Bag, TKey> keyOf)
        where TKey : struct
    {
        var groups = bags.ToLookup(keyOf);
        return [.. keys.Select(key => (IReadOnlyList<Bag>)[.. groups[key]])];
    }
}
