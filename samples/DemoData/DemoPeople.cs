using System.Collections.Concurrent;
using TraceTrack.Users;

namespace TraceTrack.DemoData;

/// <summary>The users of a warehouse as a store knows them.</summary>
internal sealed class DemoPeople
{
    private readonly ConcurrentDictionary<string, User> _byName = new(StringComparer.Ordinal);
    private readonly Actor[] _billers;

    private DemoPeople(DemoWarehouse warehouse, ConcurrentDictionary<string, User> byName)
    {
        _byName = byName;
        _billers = [.. warehouse.Users.Where(user => user.Role == UserRole.Biller).Select(user => byName[user.Name].ToActor())];
    }

    /// <summary>Creates the users that do not exist yet.</summary>
    public static async Task<DemoPeople> CreateAsync(
        ITraceTrack traceTrack, DemoWarehouse warehouse, DemoOptions options, IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        var users = traceTrack.As(Actor.System).Users;
        var found = new ConcurrentDictionary<string, User>(StringComparer.Ordinal);
        await DemoWork.RunAsync(
            warehouse.Users,
            DemoPhase.Users,
            options.Workers,
            progress,
            async (user, token) => found[user.Name] = await FindOrCreateAsync(users, user, options.PasswordHash, token),
            cancellationToken);
        return new(warehouse, found);
    }

    public string IdOf(DemoUser user) => _byName[user.Name].Id;

    /// <summary>The biller whose turn it is.</summary>
    public Actor Biller(int turn) => _billers[turn % _billers.Length];

    private static async Task<User> FindOrCreateAsync(IUsers users, DemoUser user, string passwordHash, CancellationToken cancellationToken)
    {
        try
        {
            return await users.CreateAsync(new(user.Name, user.Role, user.Area, passwordHash), cancellationToken);
        }
        catch (ConflictException conflict) when (conflict.Code == ErrorCodes.UserExists)
        {
            var known = await users.FindCredentialsAsync(user.Name, cancellationToken);
            return known?.User ?? throw new ConflictException(ErrorCodes.UserExists, $"There is a user {user.Name} already, and it is disabled.");
        }
    }
}
