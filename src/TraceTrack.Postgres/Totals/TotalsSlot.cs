namespace TraceTrack.Postgres;

/// <summary>Which of the rows a transaction adds to. Drawn at random: a row is locked until its writer has committed, so many writers need many rows.</summary>
internal static class TotalsSlot
{
    public const int Count = 128;

    public static short Pick() => (short)Random.Shared.Next(Count);
}
