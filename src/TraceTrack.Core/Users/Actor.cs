namespace TraceTrack.Users;

/// <summary>
/// Who acts: an opaque id, a role and an area. A team with users of its own makes actors from them and needs none of ours;
/// scans and bills keep the id as it is, without a reference to a table of users.
/// </summary>
public sealed record Actor
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxIdLength = PlainText.MaxLength;

    /// <summary>Makes an actor.</summary>
    /// <param name="id">1–64 characters, kept as they are.</param>
    /// <param name="role">A defined role.</param>
    /// <param name="area">The own area; normalised. A dispatcher without one may do nothing.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidUser"/> or <see cref="ErrorCodes.InvalidArea"/>.</exception>
    public Actor(string id, UserRole role, string? area = null)
    {
        if (!PlainText.IsStorable(id))
            throw new InvalidInputException(ErrorCodes.InvalidUser, $"An actor's id is 1–{MaxIdLength} characters without control characters.");
        if (!Enum.IsDefined(role))
            throw new InvalidInputException(ErrorCodes.InvalidUser, "An actor's role is Admin, Biller or Dispatcher.");
        (Id, Role, Area) = (id, role, TraceTrack.Area.Normalize(area));
    }

    /// <summary>The application itself: start-up work, jobs, imports. May do everything.</summary>
    public static Actor System { get; } = new("system", UserRole.Admin);

    /// <summary>Opaque id.</summary>
    public string Id { get; }

    /// <summary>Role.</summary>
    public UserRole Role { get; }

    /// <summary>Own area, in normal form; null for none.</summary>
    public string? Area { get; }
}
