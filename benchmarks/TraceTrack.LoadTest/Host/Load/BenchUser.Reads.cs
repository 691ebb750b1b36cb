using System.Text;

namespace TraceTrack.LoadTest.Host;

internal sealed partial class BenchUser
{
    /// <summary>Look-ups out of ten that are about what was scanned in the last hour.</summary>
    private const int RecentOfTen = 9;

    private const int PageSize = 50;

    private string? _cursor;
    private string _lastOfPage = "";

    private bool IsRecent() => _random.Next(10) < RecentOfTen;

    private string PickBag() => IsRecent() ? _place.Bags.Draw(_random) : _place.AnyBag(_random);

    private async ValueTask BagAsync(CancellationToken cancellation)
    {
        var qr = PickBag();
        await SendAsync(Operation.BagByQr, Documents.Bag, $$"""{"qr":"{{qr}}"}""", cancellation);
        var answer = Read("qr"u8);
        Demand(Is(answer.Name, qr), "another bag");
    }

    private async ValueTask ChildrenAsync(CancellationToken cancellation)
    {
        var parent = IsRecent() ? _place.Parents.Draw(_random) : _place.AnyParent(_random);
        var before = parent.Children;
        await SendAsync(Operation.BagWithChildren, Documents.Children, $$"""{"qr":"{{parent.Qr}}"}""", cancellation);
        var answer = Read("qr"u8);
        // Somebody may be linking into it: at least what was linked when we asked, and one more than is known by now.
        var children = answer.Names - 1;
        Demand(
            Is(answer.Name, parent.Qr) && children >= before && children <= parent.Children + 1 && answer.ChildCount >= before,
            "other children");
    }

    private async ValueTask SearchAsync(CancellationToken cancellation)
    {
        // Somebody types the code but for the last two letters.
        var text = PickBag()[..^2];
        await SendAsync(Operation.Search, Documents.Search, $$"""{"text":"{{text}}"}""", cancellation);
        var answer = Read("qr"u8);
        Demand(answer.Names is > 0 and <= 20 && answer.IsOrdered && Begins(answer.Name, text), "other bags found");
    }

    private async ValueTask BillAsync(CancellationToken cancellation)
    {
        var number = IsRecent() ? crowd.RecentBills.Draw(_random) : crowd.AnyBill(_random);
        await SendAsync(Operation.Bill, Documents.Bill, $$"""{"number":"{{number}}"}""", cancellation);
        var answer = Read("number"u8);
        Demand(Is(answer.Name, number) && answer.Capacity > 0, "another bill");
    }

    /// <summary>From the first page on, the parents of the area.</summary>
    private async ValueTask ListAsync(CancellationToken cancellation)
    {
        var after = _cursor is null ? "null" : $"\"{_cursor}\"";
        await SendAsync(Operation.ListPage, Documents.List, $$"""{"after":{{after}}}""", cancellation);
        var answer = Read("qr"u8);
        Demand(
            answer.Names is > 0 and <= PageSize && answer.IsOrdered && (_cursor is null || IsAfter(answer.Name, _lastOfPage)),
            "another page");
        // Few people turn more than three pages.
        var turns = answer.Names == PageSize && _random.Next(3) > 0;
        _cursor = turns ? Encoding.UTF8.GetString(answer.Text) : null;
        _lastOfPage = Encoding.UTF8.GetString(answer.LastName);
    }

    private async ValueTask TotalsAsync(CancellationToken cancellation)
    {
        await SendAsync(Operation.Totals, Documents.Totals, "{}", cancellation);
        var answer = Read("qr"u8);
        Demand(answer.Bags >= crowd.Bags && answer.Bags == answer.Parents + answer.Children, "totals that do not add up");
    }

    /// <summary>Not of the mix: a hundred look-ups in one request.</summary>
    public async ValueTask HundredAsync(CancellationToken cancellation)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        while (codes.Count < 100)
            codes.Add(_place.AnyBag(_random));
        await SendAsync(Operation.BagByQr, Documents.Many, $$"""{"qrs":["{{string.Join("\",\"", codes)}}"]}""", cancellation);
        var answer = Read("qr"u8);
        Demand(answer.Names == codes.Count, "fewer bags");
    }

    private static bool Begins(ReadOnlySpan<byte> code, string text) => code.Length >= text.Length && Ascii.Equals(code[..text.Length], text);

    private static bool IsAfter(ReadOnlySpan<byte> code, string other) => code.SequenceCompareTo(Encoding.UTF8.GetBytes(other)) > 0;
}
