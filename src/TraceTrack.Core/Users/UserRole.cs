namespace TraceTrack.Users;

/// <summary>What an actor may do. The numbers are stored.</summary>
public enum UserRole : short
{
    /// <summary>Everything.</summary>
    Admin = 1,

    /// <summary>All areas: bills and every scan.</summary>
    Biller = 2,

    /// <summary>Scans and reads bags of the own area only; loads nothing onto bills; without an area, nothing.</summary>
    Dispatcher = 3,
}
