namespace TraceTrack.LoadTest.Host;

/// <summary>
/// Ranks 1 to <c>count</c>, of which each comes up in inverse proportion to itself (Zipf's law with the exponent 1). By rejection-inversion
/// (Hörmann and Derflinger), so that nothing is kept, however many there are.
/// </summary>
internal sealed class Zipf(int count)
{
    // Math.Log is the integral of what is drawn from, and Math.Exp its inverse.
    private static readonly double Sure = 2 - Math.Exp(Math.Log(2.5) - 0.5);

    private readonly double _first = Math.Log(1.5) - 1;
    private readonly double _last = Math.Log(count + 0.5);

    public int Draw(Random random)
    {
        while (true)
        {
            var area = _last + (random.NextDouble() * (_first - _last));
            var place = Math.Exp(area);
            var rank = Math.Clamp((int)(place + 0.5), 1, count);
            if (rank - place <= Sure || area >= Math.Log(rank + 0.5) - (1.0 / rank))
                return rank;
        }
    }
}
