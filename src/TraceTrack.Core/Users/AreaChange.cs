namespace TraceTrack.Users;

/// <summary>What becomes of a user's area: it is left alone unless something else is said.</summary>
public readonly record struct AreaChange
{
    private AreaChange(string? area) => (IsSet, Area) = (true, area);

    /// <summary>The area stays as it is.</summary>
    public static AreaChange Keep { get; }

    /// <summary>The user has no area any more; a dispatcher may then do nothing.</summary>
    public static AreaChange Clear { get; } = new(null);

    /// <summary>False when the area stays as it is.</summary>
    public bool IsSet { get; }

    /// <summary>The new area; null for none, and when the area stays as it is.</summary>
    public string? Area { get; }

    /// <summary>Another area.</summary>
    /// <param name="area">The area; null or blank clears it.</param>
    /// <returns>The change.</returns>
    public static AreaChange To(string? area) => new(area);

    /// <summary>The area after the change.</summary>
    /// <param name="present">The area before it.</param>
    /// <returns>The new area, or the present one when it stays.</returns>
    public string? Of(string? present) => IsSet ? Area : present;

    /// <summary>For logs.</summary>
    /// <returns>What becomes of the area.</returns>
    public override string ToString() => IsSet ? Area ?? "none" : "as it is";
}
