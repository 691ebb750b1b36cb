using TraceTrack.Bags;

namespace TraceTrack.Imports;

public class ImportRulesTests
{
    private readonly ImportRules _rules = new(new() { ChildWeightKg = 1.5m }, new(new()));

    [Fact]
    public void A_row_is_normalised_and_its_kind_read_from_its_code()
    {
        Assert.Equal(new(QrCode.Parse("C01"), BagKind.Child, QrCode.Parse("SB1"), "NORTH", 250, HasWeight: true), Good(new(" c01", "sb1 ", "north", 0.25m)));
        Assert.Equal(new(QrCode.Parse("SB1"), BagKind.Parent, null, null, 0), Good(new("sb1", "", " ", 99m)));
        Assert.Equal(1500, Good(new("C01")).WeightGrams);
        Assert.Equal(0, Good(new("C01", WeightKg: 0m)).WeightGrams);
        Assert.Equal(1_000_000_000, Good(new("C01", WeightKg: 1_000_000m)).WeightGrams);
    }

    public static TheoryData<BagRow, RowReason> Bad => new()
    {
        { new(null), RowReason.InvalidQrCode },
        { new(""), RowReason.InvalidQrCode },
        { new("C 1"), RowReason.InvalidQrCode },
        { new("C01", "S"), RowReason.InvalidQrCode },
        { new("C01", null, "a b"), RowReason.InvalidArea },
        { new("C01", "C02"), RowReason.WrongKind },
        { new("C01", "C01"), RowReason.WrongKind },
        { new("SB1", "SB2"), RowReason.WrongKind },
        { new("SB1", "SB1"), RowReason.WrongKind },
        { new("C01", null, null, -0.001m), RowReason.InvalidWeight },
        { new("C01", null, null, 0.0005m), RowReason.InvalidWeight },
        { new("C01", null, null, 1_000_000.001m), RowReason.InvalidWeight },
        { new("C01", null, null, decimal.MaxValue), RowReason.InvalidWeight },
        { new("C01", Problem: ""), RowReason.Malformed },
        { new("!", "!", "!", -1m, "A line that is no row."), RowReason.Malformed },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_malformed_row_is_refused_with_its_reason(BagRow row, RowReason reason)
    {
        Assert.Equal(reason, _rules.Check(row, out var result));
        Assert.Equal(default, result);
    }

    [Fact]
    public void Of_several_reasons_the_code_comes_first_then_the_area_then_the_kind_then_the_weight()
    {
        Assert.Equal(RowReason.InvalidQrCode, _rules.Check(new("C01", "?", "a b", -1m), out _));
        Assert.Equal(RowReason.InvalidArea, _rules.Check(new("C01", "C02", "a b", -1m), out _));
        Assert.Equal(RowReason.WrongKind, _rules.Check(new("C01", "C02", null, -1m), out _));
        Assert.Null(_rules.Check(new("SB1", null, null, -1m), out _));
    }

    [Fact]
    public void A_result_shows_the_code_as_given_without_what_no_database_takes()
    {
        Assert.Equal(new(7, "bad", RowOutcome.Rejected, RowReason.InvalidQrCode, null), ImportRules.Refuse(7, new("b\0a" + (char)0xd800 + "d"), RowReason.InvalidQrCode));
        Assert.Equal(200, ImportRules.Refuse(1, new(new string('x', 300)), RowReason.InvalidQrCode).Qr.Length);
        Assert.Equal("C02", ImportRules.Refuse(1, new("C01", "C02"), RowReason.WrongKind).Detail);
        Assert.Equal("3", ImportRules.Refuse(9, new("C01"), RowReason.DuplicateInFile, "3").Detail);
    }

    private CheckedRow Good(BagRow row)
    {
        Assert.Null(_rules.Check(row, out var result));
        return result;
    }
}
