using TraceTrack.Bags;

namespace TraceTrack.Caching.Tiers;

/// <summary>What is in a shared tier outlives the release that wrote it; so the bytes of each form are held here.</summary>
public sealed class CodecTests
{
    [Fact]
    public void A_bag_comes_back_as_it_was() => ComesBack(new BagCodec(), Rows.FullBag);

    [Fact]
    public void A_bag_of_few_facts_comes_back_as_it_was() => ComesBack(new BagCodec(), Rows.Bag("CB1", 1));

    [Fact]
    public void A_bill_comes_back_as_it_was() => ComesBack(new BillCodec(), Rows.FullBill);

    [Fact]
    public void A_bill_that_is_not_completed_comes_back_as_it_was() => ComesBack(new BillCodec(), Rows.FullBill with { CompletedAt = null });

    [Fact]
    public void A_session_comes_back_as_it_was() => ComesBack(new LoginSessionCodec(), Rows.Session);

    [Fact]
    public void An_answer_to_a_search_comes_back_as_it_was()
    {
        var answer = new CodeList([QrCode.Parse("CB2"), QrCode.Parse("CB1")]);
        Assert.True(Envelope.TryRead(new SearchCodec(), Write(new SearchCodec(), answer), out var back, out _, out _));
        Assert.Equal(answer.Codes, back!.Codes);
    }

    [Fact]
    public void Weights_keep_their_three_places()
    {
        Envelope.TryRead(new BagCodec(), Write(new BagCodec(), Rows.Bag("CB1", 1)), out var back, out _, out _);
        Assert.Equal("1.000", back!.WeightKg.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Absence_is_known_with_its_version()
    {
        var bytes = Envelope.Write(new LoginSessionCodec(), new(), null, LoginSessionCodec.Ended, Rows.Noon);
        Assert.True(Envelope.TryRead(new LoginSessionCodec(), bytes, out var session, out var version, out var expiresAt));
        Assert.Equal((null, long.MaxValue, Rows.Noon), (session, version, expiresAt));
    }

    [Fact]
    public void Another_form_is_a_miss()
    {
        var bytes = Write(new BagCodec(), Rows.FullBag);
        bytes[0]++;
        Assert.False(Envelope.TryRead(new BagCodec(), bytes, out var bag, out _, out _));
        Assert.Null(bag);
    }

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var bytes = Write(new BagCodec(), Rows.FullBag);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(Envelope.TryRead(new BagCodec(), bytes.AsSpan(0, length), out _, out _, out _));
        Assert.False(Envelope.TryRead(new BagCodec(), [.. bytes, 0], out _, out _, out _));
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Envelope.TryRead(new BagCodec(), damaged, out _, out _, out _);
            CacheMessage.FromBytes(damaged);
        }
    }

    [Fact]
    public void A_message_comes_back_as_it_was()
    {
        var message = new CacheMessage(Guid.NewGuid(), ["all", "area:NORTH"], [new('b', "CB1", 12), new('s', "key", long.MaxValue)]);
        var back = CacheMessage.FromBytes(message.ToBytes());
        Assert.Equal((message.NodeId, string.Join(' ', message.Bumps)), (back.NodeId, string.Join(' ', back.Bumps)));
        Assert.Equal(message.Fences, back.Fences);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0242")]
    public void A_message_that_cannot_be_read_means_everything(string hex) =>
        Assert.Equal(CacheMessage.Everything, CacheMessage.FromBytes(Convert.FromHexString(hex)));

    /// <summary>Snapshots of released forms. Never edit one: give the codec another form, and add a snapshot of that.</summary>
    [Fact]
    public void Form_1_of_each_kind_stays_as_it_is()
    {
        Assert.Equal(
            "010000001CBE991A14808089F4CE88A5DF1101FEFFFFFFFFFFFFFFFF010E43422D312F4502010E4EC396525448C4133CDED40301100853423101948089F4CE88A5DF11011208422D390114808089F4CE88A5DF118080D79AF4BAA5DF11A8E8C8E99707",
            Convert.ToHexString(Write(new BagCodec(), Rows.FullBag)));
        Assert.Equal(
            "01000000000000004D808089F4CE88A5DF11010608422D3302E807048ABB0708616461808089F4CE88A5DF1180A0AC90DB8AA5DF110180A0AC90DB8AA5DF119A01",
            Convert.ToHexString(Write(new BillCodec(), Rows.FullBill)));
        Assert.Equal(
            "0108DF4A2277412000808089F4CE88A5DF1101820161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161808089F4CE88A5DF1180A0AC90DB8AA5DF11043108616461030C4E4F52544800808089F4CE88A5DF11",
            Convert.ToHexString(Write(new LoginSessionCodec(), Rows.Session)));
        Assert.Equal(
            "010000000000000000808089F4CE88A5DF1101040843423208434231",
            Convert.ToHexString(Write(new SearchCodec(), new CodeList([QrCode.Parse("CB2"), QrCode.Parse("CB1")]))));
        Assert.Equal(
            "024230303131323233333434353536363737383839396161626263636464656566660208616C6C02620843423118",
            Convert.ToHexString(new CacheMessage(new Guid("00112233445566778899aabbccddeeff"), ["all"], [new('b', "CB1", 12)]).ToBytes()));
    }

    private static void ComesBack<T>(CacheCodec<T> codec, T value)
        where T : class
    {
        Assert.True(Envelope.TryRead(codec, Write(codec, value), out var back, out var version, out var expiresAt));
        Assert.Equal(value, back);
        Assert.Equal((codec.VersionOf(value), Rows.Noon), (version, expiresAt));
    }

    private static byte[] Write<T>(CacheCodec<T> codec, T value)
        where T : class => Envelope.Write(codec, new(), value, codec.VersionOf(value), Rows.Noon);
}
