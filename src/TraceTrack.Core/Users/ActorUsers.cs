using TraceTrack.Paging;

namespace TraceTrack.Users;

internal sealed partial class ActorUsers(TraceTrackDoor door, Actor actor) : IUsers
{
    public async ValueTask<User?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return AccessRules.MayAdminister(actor) || actor.Id == id ? await ReadAsync(id, cancellationToken).ConfigureAwait(false) : null;
    }

    public async ValueTask<IReadOnlyList<User?>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var visible = ids.Where(id => PlainText.IsStorable(id) && (AccessRules.MayAdminister(actor) || actor.Id == id)).Distinct(StringComparer.Ordinal).ToArray();
        if (visible.Length == 0)
            return new User?[ids.Count];
        var found = await door.UserStore.FindManyAsync(visible, cancellationToken).ConfigureAwait(false);
        var users = found.OfType<User>().ToDictionary(user => user.Id, StringComparer.Ordinal);
        return [.. ids.Select(users.GetValueOrDefault)];
    }

    public async ValueTask<Page<User>> ListAsync(UserRole? role, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins list users.");
        return await PageReader.ReadAsync<User, UserPosition>(
            page,
            Cursor.Fingerprint("users", role?.ToString()),
            text => new UserPosition(text),
            user => UserPosition.Of(user.Name).NameKey,
            slice => door.UserStore.ListAsync(role, slice, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<User> CreateAsync(NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins create users.");
        if (!PlainText.IsStorable(user.Name) || user.Name != user.Name.Trim())
        {
            throw new InvalidInputException(ErrorCodes.InvalidUser,
                $"A user name is 1–{NewUser.MaxNameLength} characters without control characters or outer white space.");
        }

        if (!Enum.IsDefined(user.Role))
            throw new InvalidInputException(ErrorCodes.InvalidUser, "A user's role is Admin, Biller or Dispatcher.");
        if (string.IsNullOrEmpty(user.PasswordHash))
            throw new InvalidInputException(ErrorCodes.InvalidUser, "A user needs a password hash.");
        var created = await door.UserStore.CreateAsync(user with { Area = Area.Normalize(user.Area) }, cancellationToken).ConfigureAwait(false);
        return created ?? throw new ConflictException(ErrorCodes.UserExists, $"There is a user {user.Name} already.");
    }

    public async ValueTask<User?> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins look up users.");
        return (await ReadCredentialsAsync(name, cancellationToken).ConfigureAwait(false))?.User;
    }

    public async ValueTask<User> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(change);
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins change users.");
        if (change.Role is { } role && !Enum.IsDefined(role))
            throw new InvalidInputException(ErrorCodes.InvalidUser, "A user's role is Admin, Biller or Dispatcher.");
        if (change.PasswordHash is "")
            throw new InvalidInputException(ErrorCodes.InvalidUser, "A user needs a password hash.");
        var area = change.Area.IsSet ? AreaChange.To(Area.Normalize(change.Area.Area)) : AreaChange.Keep;
        return await StoreAsync(id, change with { Area = area }, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SetPasswordAsync(string id, string passwordHash, CancellationToken cancellationToken) =>
        SetPasswordAsync(id, null, passwordHash, cancellationToken);

    public ValueTask ReplacePasswordAsync(UserCredentials verified, string passwordHash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verified);
        return SetPasswordAsync(verified.User.Id, verified.PasswordHash, passwordHash, cancellationToken);
    }

    private async ValueTask SetPasswordAsync(string id, string? verifiedHash, string passwordHash, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(passwordHash);
        AccessRules.Demand(AccessRules.MayManageAccount(actor, id), "Admins set passwords, and users their own.");
        await StoreAsync(id, new() { PasswordHash = passwordHash, VerifiedHash = verifiedHash }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<User> StoreAsync(string id, UserChange change, CancellationToken cancellationToken)
    {
        var commit = PlainText.IsStorable(id) ? await door.UserStore.ChangeAsync(id, change, cancellationToken).ConfigureAwait(false) : null;
        return commit?.User ?? throw new NotFoundException(ErrorCodes.UserNotFound, $"There is no user {id}.");
    }

    // Text that no store can keep is nobody's id; a database would answer it with an error of its own.
    private async ValueTask<User?> ReadAsync(string id, CancellationToken cancellationToken) => PlainText.IsStorable(id)
        ? (await door.UserStore.FindManyAsync([id], cancellationToken).ConfigureAwait(false))[0]
        : null;

    private async ValueTask<UserCredentials?> ReadCredentialsAsync(string name, CancellationToken cancellationToken) => PlainText.IsStorable(name)
        ? await door.UserStore.FindCredentialsAsync(name.Trim(), cancellationToken).ConfigureAwait(false)
        : null;
}
