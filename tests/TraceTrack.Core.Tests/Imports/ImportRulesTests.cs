using TraceTrack.Bags;

namespace TraceTrack.Imports;

public class ImportRulesTests
{
    private readonly ImportRules _rules = new(new() { ChildWeightKg = 1.5m }, new(new()));

    [Fact]
    public void A_row_is_normalised_and_its_kind_read_from_its_code()
    {
        Assert.Equal(new(QrCode.Parse("C01"), BagKind.Child, QrCode.Parse("SB1"), "NORTH", 250), Good(new(" c01", "sb1 ", "north", 0.25m)));
        Assert.Equal(new(QrCode.Parse("SB1"), BagKind.Parent, null, null, 0), Good(new("sb1", "", " ", 99m)));
        Assert.Equal(1500, Good(new("C01")).WeightGrams);
        Assert.Equal(0, Good(new("C01", WeightKg: 0m)).WeightGrams);
        Assert.Equal(1_000_000_000, Good(new("C01", WeightKg: 1_000_000m)).WeightGrams);
    }

    public static TheoryData<BagRow, RowRejection> Bad => new()
    {
        { new(null), RowRejection.InvalidQrCode },
        { new(""), RowRejection.InvalidQrCode },
        { new("C 1"), RowRejection.InvalidQrCode },
        { new("C01", "S"), RowRejection.InvalidQrCode },
        { new("C01", null, "a b"), RowRejection.InvalidArea },
        { new("C01", "C02"), RowRejection.WrongKind },
        { new("C01", "C01"), RowRejection.WrongKind },
        { new("SB1", "SB2"), RowRejection.WrongKind },
        { new("SB1", "SB1"), RowRejection.WrongKind },
        { new("C01", null, null, -0.001m), RowRejection.InvalidWeight },
        { new("C01", null, null, 0.0005m), RowRejection.InvalidWeight },
        { new("C01", null, null, 1_000_000.001m), RowRejection.InvalidWeight },
        { new("C01", null, null, decimal.MaxValue), RowRejection.InvalidWeight },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_malformed_row_is_refused_with_its_reason(BagRow row, RowRejection reason)
    {
        Assert.Equal(reason, _rules.Check(row, out var result));
        Assert.Equal(default, result);
    }

    [Fact]
    public void Of_several_reasons_the_code_comes_first_then_the_area_then_the_kind_then_the_weight()
    {
        Assert.Equal(RowRejection.InvalidQrCode, _rules.Check(new("C01", "?", "a b", -1m), out _));
        Assert.Equal(RowRejection.InvalidArea, _rules.Check(new("C01", "C02", "a b", -1m), out _));
        Assert.Equal(RowRejection.WrongKind, _rules.Check(new("C01", "C02", null, -1m), out _));
        Assert.Null(_rules.Check(new("SB1", null, null, -1m), out _));
    }

    [Fact]
    public void A_result_shows_the_code_as_given_without_what_no_database_takes()
    {
        Assert.Equal(new(7, "bad", RowRejection.InvalidQrCode, null), ImportRules.Refuse(7, new("b\0a" + (char)0xd800 + "d"), RowRejection.InvalidQrCode));
        Assert.Equal(200, ImportRules.Refuse(1, new(new string('x', 300)), RowRejection.InvalidQrCode).Qr.Length);
        Assert.Equal("C02", ImportRules.Refuse(1, new("C01", "C02"), RowRejection.WrongKind).Detail);
        Assert.Equal("3", ImportRules.Refuse(9, new("C01"), RowRejection.DuplicateInFile, "3").Detail);
    }

    private CheckedRow Good(BagRow row)
    {
        Assert.Null(_rules.Check(row, out var result));
        return result;
    }
}
