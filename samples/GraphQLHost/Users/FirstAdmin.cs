using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Users;

/// <summary>Who knows the admin's password.</summary>
internal enum AdminPassword
{
    /// <summary>Made just now. It can be shown this once; the store has its hash only.</summary>
    JustMade,

    /// <summary>The one in <see cref="FirstAdmin.PasswordVariable"/>.</summary>
    FromVariable,

    /// <summary>Set some time before, and not what the variable says, if it says anything.</summary>
    SetEarlier,
}

/// <param name="Origin">Who knows the password.</param>
/// <param name="Password">The password when it was just made, else null.</param>
/// <param name="PasswordHash">Its hash.</param>
/// <param name="VariableIsWrong">True when the variable names another password than the admin has.</param>
internal sealed record AdminAccount(AdminPassword Origin, string? Password, string PasswordHash, bool VariableIsWrong = false)
{
    public override string ToString() => $"admin ({Origin})";
}

/// <summary>The user that every other one depends on.</summary>
internal sealed class FirstAdmin(ITraceTrack traceTrack, IPasswordHasher<User> hasher, Func<string, string?> environment)
{
    public const string Name = "admin";

    public const string PasswordVariable = "TRACETRACK_ADMIN_PASSWORD";

    private const int PasswordLength = 20;

    // Without those that are read as others: 0 O o, 1 I l.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private readonly IUsers _users = traceTrack.As(Actor.System).Users;

    /// <summary>Creates the admin unless there is one.</summary>
    public async Task<AdminAccount> EnsureAsync(CancellationToken cancellationToken)
    {
        if (await _users.FindCredentialsAsync(Name, cancellationToken) is { } known)
            return Known(known);
        var made = Make();
        try
        {
            await _users.CreateAsync(new(Name, UserRole.Admin, null, made.PasswordHash), cancellationToken);
            return made;
        }
        catch (ConflictException conflict) when (conflict.Code == ErrorCodes.UserExists)
        {
            // Another process was quicker; or the admin is disabled, and whoever did that wants it so.
            return await _users.FindCredentialsAsync(Name, cancellationToken) is { } created
                ? Known(created)
                : new(AdminPassword.SetEarlier, null, Make().PasswordHash);
        }
    }

    /// <summary>Gives the admin the variable's password or a new one, ends the admin's sessions, and undoes whatever disabled or demoted it.</summary>
    public async Task<AdminAccount> ResetAsync(CancellationToken cancellationToken)
    {
        if (await _users.FindByNameAsync(Name, cancellationToken) is not { } known)
            return await EnsureAsync(cancellationToken);
        var made = Make();
        await _users.ChangeAsync(
            known.Id, new() { Role = UserRole.Admin, IsDisabled = false, PasswordHash = made.PasswordHash }, cancellationToken);
        return made;
    }

    private AdminAccount Make()
    {
        var wanted = Wanted();
        var password = wanted ?? RandomNumberGenerator.GetString(Letters, PasswordLength);
        var hash = hasher.HashPassword(Nobody, password);
        return wanted is null ? new(AdminPassword.JustMade, password, hash) : new(AdminPassword.FromVariable, null, hash);
    }

    private AdminAccount Known(UserCredentials known)
    {
        if (Wanted() is not { } wanted)
            return new(AdminPassword.SetEarlier, null, known.PasswordHash);
        return hasher.VerifyHashedPassword(known.User, known.PasswordHash, wanted) == PasswordVerificationResult.Failed
            ? new(AdminPassword.SetEarlier, null, known.PasswordHash, VariableIsWrong: true)
            : new(AdminPassword.FromVariable, null, known.PasswordHash);
    }

    private string? Wanted() => environment(PasswordVariable) is { Length: > 0 } password ? password : null;

    // The hasher asks for a user and takes nothing from it.
    private static readonly User Nobody = new() { Id = Name, Name = Name, Role = UserRole.Admin };
}
