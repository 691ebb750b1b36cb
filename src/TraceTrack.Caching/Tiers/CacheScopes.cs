namespace TraceTrack.Caching;

/// <summary>
/// A scope is a random token that entries of a shared tier are stamped with. Drawing a new token voids them all at once: so an import
/// voids every row, and a new bag every search of its area, without naming a single key.
/// </summary>
internal static class CacheScopes
{
    /// <summary>All entries of a store.</summary>
    public const string All = "all";

    /// <summary>Which codes there are, whatever their area.</summary>
    public const string AnyArea = "area";

    public static readonly string[] Everything = [All];

    /// <summary>Which codes an area has; null for all areas.</summary>
    public static string OfArea(string? area) => area is null ? AnyArea : $"{AnyArea}:{area}";
}
