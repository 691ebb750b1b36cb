namespace TraceTrack.Users;

/// <summary>Pure rules of who may do what. Everything fails closed: an unknown role or a dispatcher without an area may do nothing.</summary>
public static class AccessRules
{
    /// <summary>The bags and scans an actor may read.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>All areas for admins and billers, the own area for dispatchers.</returns>
    public static AreaScope ReadScope(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role switch
        {
            UserRole.Admin or UserRole.Biller => AreaScope.All,
            UserRole.Dispatcher when actor.Area is { } area => AreaScope.Only(area),
            _ => AreaScope.None,
        };
    }

    /// <summary>Whether an actor sees the figures of bills and the totals.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>True unless the actor may read nothing.</returns>
    public static bool MaySeeFigures(Actor actor) => !ReadScope(actor).IsNone;

    /// <summary>Whether an actor may scan bags at all.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>True unless the actor may read nothing.</returns>
    public static bool MayScan(Actor actor) => !ReadScope(actor).IsNone;

    /// <summary>Whether an actor may create, resize, complete, recalculate and delete bills, and load and unload parents.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>True for billers and admins.</returns>
    public static bool MayChangeBills(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is UserRole.Admin or UserRole.Biller;
    }

    /// <summary>Whether an actor may see what all billers did on a day.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>True for billers and admins.</returns>
    public static bool MaySeeSummaries(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is UserRole.Admin or UserRole.Biller;
    }

    /// <summary>Whether an actor may import bags and read what became of their rows.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>True for billers and admins.</returns>
    public static bool MayImport(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is UserRole.Admin or UserRole.Biller;
    }

    /// <summary>Whether an actor may import a scan log, delete bags, reopen bills, manage users and reconcile totals.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>True for admins.</returns>
    public static bool MayAdminister(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is UserRole.Admin;
    }

    /// <summary>Whether an actor may set a user's password and end the user's sessions.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="userId">The user.</param>
    /// <returns>True for admins, and for the user itself.</returns>
    public static bool MayManageAccount(Actor actor, string userId) => MayAdminister(actor) || actor.Id == userId;

    /// <summary>Throws unless the rule holds.</summary>
    /// <param name="allowed">The rule's answer.</param>
    /// <param name="message">What is not allowed, and to whom it is.</param>
    /// <exception cref="NotAllowedException">The rule does not hold.</exception>
    public static void Demand(bool allowed, string message)
    {
        if (!allowed)
            throw new NotAllowedException(message);
    }
}
