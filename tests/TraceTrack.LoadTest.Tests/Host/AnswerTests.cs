using System.Text;
using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class AnswerTests
{
    [Fact]
    public void The_first_name_is_the_one_that_was_asked_for_and_all_are_counted()
    {
        var answer = Read("""{"data":{"bag":{"qr":"SB1","childCount":2,"children":[{"qr":"CB1"},{"qr":"CB2"}]}}}""");
        Assert.Equal("SB1", Text(answer.Name));
        Assert.Equal(3, answer.Names);
        Assert.Equal(2, answer.ChildCount);
        Assert.Null(answer.Error);
    }

    [Fact]
    public void Nothing_found_has_no_name() => Assert.Equal(0, Read("""{"data":{"bag":null}}""").Names);

    [Theory]
    [InlineData("""["A1","A2","A3"]""", true)]
    [InlineData("""["A1","A3","A2"]""", false)]
    [InlineData("""["A1","A1"]""", false)]
    public void Order_is_seen(string codes, bool isOrdered)
    {
        var nodes = codes.Replace("\"A", "{\"qr\":\"A", StringComparison.Ordinal).Replace("\",", "\"},", StringComparison.Ordinal).Replace("\"]", "\"}]", StringComparison.Ordinal);
        Assert.Equal(isOrdered, Read("""{"data":{"bags":{"nodes":NODES}}}""".Replace("NODES", nodes, StringComparison.Ordinal)).IsOrdered);
    }

    [Fact]
    public void An_error_is_known_by_its_code() =>
        Assert.Equal("RATE_LIMITED", Read("""{"errors":[{"message":"no","extensions":{"code":"RATE_LIMITED"}}],"data":null}""").Error);

    [Fact]
    public void A_status_that_is_none_of_success_is_an_error() => Assert.Equal("HTTP 502", Answer.Read(502, "{}"u8, "qr"u8).Error);

    [Fact]
    public void Totals_are_numbers()
    {
        var answer = Read("""{"data":{"totals":{"bags":5,"parents":2,"children":3}}}""");
        Assert.Equal((5, 2, 3), (answer.Bags, answer.Parents, answer.Children));
    }

    private static Answer Read(string json) => Answer.Read(200, Encoding.UTF8.GetBytes(json), "qr"u8);

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);
}
