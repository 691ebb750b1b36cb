using TraceTrack.Users;

namespace TraceTrack.Bags;

internal static class BagFilterScope
{
    /// <summary>What of a filter an actor may see, its area normalised and its times as stores keep them.</summary>
    /// <returns>Null when that is nothing.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidArea"/>.</exception>
    public static BagFilter? Within(this BagFilter filter, AreaScope scope)
    {
        var area = Area.Normalize(filter.Area);
        if (scope.IsNone || (area is not null && !scope.Allows(area)))
            return null;
        return filter with { Area = area ?? scope.Area, Created = filter.Created.InMicroseconds };
    }
}
