using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack;

public class IdentifierTests
{
    [Fact]
    public void A_bill_number_has_one_to_sixty_four_characters()
    {
        Assert.Equal("7", BillNumber.Parse(" 7 ").Value);
        Assert.Equal(64, BillNumber.Parse(new string('b', 64)).Value.Length);
        foreach (var bad in new[] { null, "", " ", "B 1", "B#1", new string('b', 65) })
        {
            Assert.False(BillNumber.TryParse(bad, out _));
            Assert.Equal(ErrorCodes.InvalidBillNumber, Assert.Throws<InvalidInputException>(() => BillNumber.Parse(bad)).Code);
        }
    }

    [Fact]
    public void Bill_numbers_differ_in_more_than_case()
    {
        Assert.Equal(BillNumber.Parse("b-1"), BillNumber.Parse("B-1"));
        Assert.NotEqual(BillNumber.Parse("B-1"), BillNumber.Parse("B_1"));
        Assert.True(BillNumber.Parse("B10") < BillNumber.Parse("B2"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \t", null)]
    [InlineData("north", "NORTH")]
    [InlineData(" n\u200borth ", "NORTH")]
    [InlineData("a", "A")]
    public void An_area_is_normalised_and_blank_means_none(string? typed, string? normal)
    {
        Assert.Equal(normal, Area.Normalize(typed));
        Assert.True(Area.TryNormalize(typed, out var area));
        Assert.Equal(normal, area);
    }

    [Theory]
    [InlineData("north side")]
    [InlineData("nörth")]
    [InlineData("\u200b")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void Text_that_is_no_area_is_refused(string typed)
    {
        Assert.False(Area.TryNormalize(typed, out _));
        Assert.Equal(ErrorCodes.InvalidArea, Assert.Throws<InvalidInputException>(() => Area.Normalize(typed)).Code);
    }

    [Fact]
    public void A_scan_id_is_a_uuid_other_than_the_empty_one()
    {
        var id = ScanId.New();
        Assert.Equal(id, ScanId.Parse(id.ToString()));
        Assert.Equal(id, ScanId.Parse(id.Value.ToString("N")));
        foreach (var bad in new[] { null, "", "7", Guid.Empty.ToString() })
            Assert.Equal(ErrorCodes.InvalidScanId, Assert.Throws<InvalidInputException>(() => ScanId.Parse(bad)).Code);
    }

    [Fact]
    public void An_actors_id_is_kept_as_it_is_when_it_can_be_stored()
    {
        Assert.Equal("Ünal 😀 #7", new Actor("Ünal 😀 #7", UserRole.Biller).Id);
        foreach (var bad in new[] { "", " ", "a\nb", "a\0", new string('x', 65), "a" + (char)0xd83d, (char)0xde00 + "a", "\ud83d\ud83d" })
            Assert.Equal(ErrorCodes.InvalidUser, Assert.Throws<InvalidInputException>(() => new Actor(bad, UserRole.Biller)).Code);
    }

    [Fact]
    public void An_actor_needs_a_role_and_a_proper_area()
    {
        Assert.Equal("NORTH", new Actor("a", UserRole.Dispatcher, " north ").Area);
        Assert.Equal(ErrorCodes.InvalidUser, Assert.Throws<InvalidInputException>(() => new Actor("a", (UserRole)9)).Code);
        Assert.Equal(ErrorCodes.InvalidArea, Assert.Throws<InvalidInputException>(() => new Actor("a", UserRole.Biller, "a b")).Code);
    }

    [Fact]
    public void Weights_are_whole_grams_with_three_places()
    {
        Assert.Equal("1.000", Text(Weight.FromGrams(1000)));
        Assert.Equal("0.000", Text(Weight.FromGrams(0)));
        Assert.Equal("-0.125", Text(Weight.FromGrams(-125)));
        Assert.Equal(1234, Weight.ToGrams(1.234m));
        Assert.True(Weight.IsValid(0) && Weight.IsValid(0.001m) && Weight.IsValid(1_000_000m) && Weight.IsValid(1.5000m));
        Assert.False(Weight.IsValid(-0.001m) || Weight.IsValid(0.0001m) || Weight.IsValid(1_000_000.001m));

        static string Text(decimal kg) => FormattableString.Invariant($"{kg}");
    }
}
