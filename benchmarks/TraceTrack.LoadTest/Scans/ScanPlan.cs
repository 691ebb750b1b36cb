namespace TraceTrack.LoadTest.Scans;

/// <summary>Which children go into which parents: every scanner has rows of its own, and each run goes on where the one before ended.</summary>
/// <param name="Scanners">At the same time, at most.</param>
/// <param name="PerScanner">Children of each.</param>
/// <param name="FirstId">The id before the first bag's.</param>
/// <param name="At">Children that each scanner's earlier runs may have linked.</param>
internal sealed record ScanPlan(int Scanners, int PerScanner, long FirstId = 0, int At = 0)
{
    public const int Capacity = 30;

    // Numbers of one length, so that a code needs no padding.
    public const int FirstParent = 1_000_000;
    public const int FirstChild = 10_000_000;

    public int ParentsPerScanner => (PerScanner / Capacity) + 1;

    public int Parents => Scanners * ParentsPerScanner;

    public int Children => Scanners * PerScanner;

    public static string Child(int number) => $"CB{FirstChild + number}";

    public static string Parent(int number) => $"SB{FirstParent + number}";
}
