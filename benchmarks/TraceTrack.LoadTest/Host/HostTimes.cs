namespace TraceTrack.LoadTest.Host;

/// <summary>How long each run takes.</summary>
/// <param name="WarmUp">Of what fills its caches.</param>
/// <param name="ShortWarmUp">Of what has none.</param>
/// <param name="Closed">As fast as possible.</param>
/// <param name="Fixed">At the fixed rate.</param>
/// <param name="Seventy">At 70 % of the maximum.</param>
/// <param name="Curve">Of each number of users, twice.</param>
/// <param name="Hundreds">Of look-ups by the hundred.</param>
/// <param name="ProbedHundreds">Hundreds of the mix whose reads are asked one by one.</param>
internal sealed record HostTimes(
    TimeSpan WarmUp, TimeSpan ShortWarmUp, TimeSpan Closed, TimeSpan Fixed, TimeSpan Seventy, TimeSpan Curve, TimeSpan Hundreds, int ProbedHundreds)
{
    public static readonly HostTimes Full = Of(90, 30, 30, 60, 30, 15, 10, probed: 10);
    public static readonly HostTimes Quick = Of(10, 3, 4, 5, 3, 0, 2, probed: 2);

    private static HostTimes Of(int warmUp, int shortWarmUp, int closed, int @fixed, int seventy, int curve, int hundreds, int probed) => new(
        TimeSpan.FromSeconds(warmUp), TimeSpan.FromSeconds(shortWarmUp), TimeSpan.FromSeconds(closed), TimeSpan.FromSeconds(@fixed),
        TimeSpan.FromSeconds(seventy), TimeSpan.FromSeconds(curve), TimeSpan.FromSeconds(hundreds), probed);
}
