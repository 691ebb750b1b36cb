using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class ReadProbeTests
{
    [Fact]
    public void Shares_are_of_what_was_asked()
    {
        var probe = new ReadProbe();
        probe.Add(Operation.BagByQr, touchedDatabase: false);
        probe.Add(Operation.BagByQr, touchedDatabase: false);
        probe.Add(Operation.BagByQr, touchedDatabase: true);
        probe.Add(Operation.Totals, touchedDatabase: true);
        Assert.Equal(50, probe.WithoutDatabase);
        Assert.Equal(66.7, probe.Of(Operation.BagByQr), 0.1);
        Assert.Equal(0, probe.Of(Operation.Totals));
        Assert.Equal("bag by QR 67 %, totals 0 %", probe.Text);
    }
}
