namespace TraceTrack.Postgres;

/// <summary>Which of the sixteen rows a transaction adds to. Drawn at random: sixteen writers then wait for each other one time in sixteen.</summary>
internal static class TotalsSlot
{
    private const int Count = 16;

    public static short Pick() => (short)Random.Shared.Next(Count);
}
