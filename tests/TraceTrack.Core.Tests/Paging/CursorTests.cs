using CsCheck;

namespace TraceTrack.Paging;

public class CursorTests
{
    private static readonly byte[] Bags = Cursor.Fingerprint("bags", "Parent", null, "NORTH");

    [Fact]
    public void A_cursor_gives_back_its_position() => Gen.String[1, 60].Where(text => !text.Any(char.IsSurrogate)).Sample(position =>
        Assert.Equal(position, Cursor.Decode(Bags, Cursor.Encode(Bags, position))));

    [Fact]
    public void A_fingerprint_tells_every_part_from_every_other()
    {
        byte[][] fingerprints =
        [
            Bags, Cursor.Fingerprint("bills", "Parent", null, "NORTH"), Cursor.Fingerprint("bags", "Parent", "NORTH", null),
            Cursor.Fingerprint("bags", "Parent", null, "NORTH", null), Cursor.Fingerprint("bags", "Parent", null, "NORTHX"),
            Cursor.Fingerprint("bags", null, "Parent", "NORTH"), Cursor.Fingerprint("bags"),
        ];
        Assert.Equal(fingerprints.Length, fingerprints.Select(Convert.ToHexString).Distinct().Count());
        foreach (var other in fingerprints[1..])
            Assert.Equal(ErrorCodes.InvalidCursor, Assert.Throws<InvalidInputException>(() => Cursor.Decode(other, Cursor.Encode(Bags, "SB1"))).Code);
    }

    [Fact]
    public void A_cursor_with_any_character_of_its_fingerprint_changed_is_refused()
    {
        var cursor = Cursor.Encode(Bags, "SB00001");
        for (var i = 0; i < 8; i++)
        {
            var tampered = cursor.ToCharArray();
            tampered[i] = tampered[i] == 'A' ? 'B' : 'A';
            Assert.Throws<InvalidInputException>(() => Cursor.Decode(Bags, new(tampered)));
        }
    }

    [Fact]
    public void Any_text_is_refused_with_a_typed_error() => Gen.String.Sample(text =>
        Assert.Equal(ErrorCodes.InvalidCursor, Assert.Throws<InvalidInputException>(() => Cursor.Decode(Bags, text)).Code));

    [Fact]
    public void A_cursor_without_a_position_or_of_great_length_is_refused()
    {
        Assert.Throws<InvalidInputException>(() => Cursor.Decode(Bags, Cursor.Encode(Bags, "")));
        Assert.Throws<InvalidInputException>(() => Cursor.Decode(Bags, Cursor.Encode(Bags, new string('x', 400))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(201)]
    public void A_page_of_another_size_than_1_to_200_is_refused(int size)
    {
        Assert.Equal(ErrorCodes.InvalidPage, Assert.Throws<InvalidInputException>(() => PageRequest.First(size)).Code);
        Assert.Equal(ErrorCodes.InvalidPage, Assert.Throws<InvalidInputException>(() => PageRequest.Last(size)).Code);
    }

    [Fact]
    public void The_four_arguments_of_a_connection_say_one_direction()
    {
        Assert.Equal(PageRequest.First(50), PageRequest.Relay(null, null, null, null));
        Assert.Equal(PageRequest.First(7, "c"), PageRequest.Relay(7, "c", null, null));
        Assert.Equal(PageRequest.Last(7, "c"), PageRequest.Relay(null, null, 7, "c"));
        Assert.Equal(PageRequest.Last(50, "c"), PageRequest.Relay(null, null, null, "c"));
        Assert.Equal(ErrorCodes.InvalidPage, Assert.Throws<InvalidInputException>(() => PageRequest.Relay(1, null, 1, null)).Code);
        Assert.Equal(ErrorCodes.InvalidPage, Assert.Throws<InvalidInputException>(() => PageRequest.Relay(null, "a", null, "b")).Code);
    }
}
