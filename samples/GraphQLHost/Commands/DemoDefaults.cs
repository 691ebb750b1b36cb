using TraceTrack.DemoData;

namespace GraphQLHost.Commands;

internal static class DemoDefaults
{
    public const int Bags = DemoWarehouse.DefaultBags;

    /// <summary>More than fits any disk this sample is run on, and still far from the largest number the generator can count to.</summary>
    public const int MostBags = 100_000_000;
}
