using System.Globalization;
using System.Text;

namespace TraceTrack.Postgres.Tests.Imports;

public sealed class ParentTableTests
{
    [Fact]
    public void Every_parent_is_found_again_with_what_was_kept_of_it()
    {
        var table = new ParentTable();
        var longest = new string('9', 62);
        string[] codes = [.. Enumerable.Range(0, 100_000).Select(i => $"SB{i}"), "SB" + longest, "SB1:" + longest[..60]];
        for (var i = 0; i < codes.Length; i++)
            table.GetOrAdd(codes[i], i).Grams = i;
        Assert.Equal(codes.Length, table.Count);
        for (var i = codes.Length - 1; i >= 0; i--)
        {
            // Another string of the same characters, as another row brings it.
            ref var parent = ref table.GetOrAdd(new string(codes[i].AsSpan()), -1);
            Assert.Equal((i, i), (parent.IdOffset, parent.Grams));
            Assert.Equal(codes[i], Encoding.ASCII.GetString(table.Code(i)));
        }

        Assert.Equal(codes.Length, table.Count);
    }

    [Fact]
    public void Areas_are_kept_once()
    {
        var table = new ParentTable();
        Assert.Equal([0, 1, 2, 1], new[] { null, "NORTH", "SOUTH", "NORTH" }.Select(table.AreaNumber));
        Assert.Equal([null, "NORTH", "SOUTH"], table.Areas);
    }

    [Fact]
    public void A_parent_takes_no_more_than_a_hundred_bytes()
    {
        const int Parents = 300_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = new ParentTable();
        Span<char> code = stackalloc char[9];
        for (var i = 0; i < Parents; i++)
        {
            code.TryWrite(CultureInfo.InvariantCulture, $"SB{i:0000000}", out _);
            table.GetOrAdd(code.ToString(), i);
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(table);
        Assert.InRange(bytes / (double)Parents, 1, 100);
    }
}
