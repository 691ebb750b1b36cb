namespace GraphQLHost.Identity;

/// <summary>
/// A result of authentication that is no answer: who asks could not be looked up. Whoever gets it fails with the cause, where a wrong token
/// leaves the request to nobody. It is a result and not thrown, since ASP.NET Core authenticates before any of our code runs.
/// </summary>
internal sealed class IdentityUnavailableException(Exception cause) : Exception("Who asks could not be looked up.", cause)
{
    public Exception Cause { get; } = cause;
}
