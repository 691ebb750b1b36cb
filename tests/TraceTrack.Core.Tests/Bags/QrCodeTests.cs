using System.Text.RegularExpressions;
using CsCheck;

namespace TraceTrack.Bags;

public class QrCodeTests
{
    [Theory]
    [InlineData("SB00001", "SB00001")]
    [InlineData("sb00001", "SB00001")]
    [InlineData("  sb00001\t\r\n", "SB00001")]
    [InlineData("\u00a0sb00001\u3000", "SB00001")]
    [InlineData("s\u200bb\u200d0\u00ad0\ufeff001", "SB00001")]
    [InlineData("SB\u0000\u001b0000\u007f1", "SB00001")]
    [InlineData("\u200b sb00001 \u200b", "SB00001")]
    [InlineData("a-b_c.d:e/9", "A-B_C.D:E/9")]
    [InlineData("abc", "ABC")]
    public void Codes_have_one_normal_form(string typed, string normal)
    {
        Assert.Equal(normal, QrCode.Parse(typed).Value);
        Assert.True(QrCode.TryParse(typed, out var code));
        Assert.Equal(QrCode.Parse(normal), code);
        Assert.Equal(normal, code.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ab")]
    [InlineData(" ab ")]
    [InlineData("a\u200bb")]
    [InlineData("SB 00001")]
    [InlineData("SB+1")]
    [InlineData("SB\\1")]
    [InlineData("ÄBC")]
    [InlineData("SB٠٠١")]
    [InlineData("ＳＢ００１")]
    [InlineData("SB😀01")]
    public void Text_that_is_no_code_is_refused(string? typed)
    {
        Assert.False(QrCode.TryParse(typed, out var code));
        Assert.Equal(default, code);
        Assert.Equal(ErrorCodes.InvalidQrCode, Assert.Throws<InvalidInputException>(() => QrCode.Parse(typed)).Code);
    }

    [Theory]
    [InlineData("\u0131bc")] // dotless i
    [InlineData("\u0130bc")] // I with dot
    [InlineData("\u017fbc")] // long s
    [InlineData("\u212abc")] // Kelvin sign
    public void A_letter_that_only_looks_like_ascii_is_not_folded_into_it(string typed) => Assert.False(QrCode.TryParse(typed, out _));

    [Fact]
    public void Three_to_sixty_four_characters_make_a_code()
    {
        Assert.Equal(64, QrCode.Parse(new string('x', 64)).Value.Length);
        Assert.False(QrCode.TryParse(new string('x', 65), out _));
        Assert.Equal(64, QrCode.Parse(new string(' ', 400) + new string('x', 64) + new string('\u200b', 400)).Value.Length);
    }

    [Fact]
    public void Overlong_input_is_refused_without_being_looked_at_whatever_it_would_become()
    {
        Assert.Equal("ABC", QrCode.Parse("abc" + new string(' ', 1021)).Value);
        Assert.False(QrCode.TryParse("abc" + new string(' ', 1022), out _));
    }

    [Fact]
    public void Any_text_is_refused_or_becomes_a_normal_form_that_stays_as_it_is() =>
        Gen.OneOf(Gen.String[Gen.Char, 0, 80], Gen.String[Gen.Char[" \u00a0\u200b\tabzAZ09-_.:/!"], 0, 80]).Sample(
            text =>
            {
                if (!QrCode.TryParse(text, out var code))
                    return;
                Assert.Matches(new Regex("^[-A-Z0-9_.:/]{3,64}\\z", RegexOptions.None, TimeSpan.FromSeconds(1)), code.Value);
                Assert.Equal(code, QrCode.Parse(code.Value));
                Assert.Equal(code, QrCode.Parse(" " + code.Value.ToLowerInvariant() + "\u200b"));
            },
            iter: 20_000);

    [Fact]
    public void Codes_are_ordered_by_code_unit()
    {
        var ordered = new[] { "A-1", "A.1", "A/1", "A01", "A10", "A1A", "A:1", "AA1", "A_1" };
        Assert.Equal(ordered, ordered.Reverse().Select(QrCode.Parse).Order().Select(code => code.Value));
        var (low, high) = (QrCode.Parse("A-1"), QrCode.Parse("A_1"));
        Assert.True(low < high && low <= high && high > low && high >= low);
        Assert.False(low > high || low >= high || high < low || high <= low);
    }

    [Fact]
    public void No_code_is_the_empty_text_and_equals_nothing_else()
    {
        Assert.Equal("", default(QrCode).Value);
        Assert.NotEqual(default, QrCode.Parse("ABC"));
        Assert.True(default(QrCode) < QrCode.Parse("---"));
    }
}
