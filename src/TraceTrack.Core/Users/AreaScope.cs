namespace TraceTrack.Users;

/// <summary>The areas an actor may read: all, one, or none.</summary>
public readonly record struct AreaScope
{
    private AreaScope(bool isAll, string? area) => (IsAll, Area) = (isAll, area);

    /// <summary>Every area, and bags without one.</summary>
    public static AreaScope All { get; } = new(true, null);

    /// <summary>Nothing at all.</summary>
    public static AreaScope None { get; }

    /// <summary>True for every area.</summary>
    public bool IsAll { get; }

    /// <summary>The one area; null for all or none.</summary>
    public string? Area { get; }

    /// <summary>True when nothing may be read.</summary>
    public bool IsNone => !IsAll && Area is null;

    /// <summary>One area only; bags without an area are outside it.</summary>
    /// <param name="area">A normalised area.</param>
    /// <returns>The scope.</returns>
    public static AreaScope Only(string area) => new(false, area);

    /// <summary>Whether a row of this area may be read.</summary>
    /// <param name="area">The row's area; null for none.</param>
    /// <returns>True when it may.</returns>
    public bool Allows(string? area) => IsAll || (Area is not null && Area == area);
}
