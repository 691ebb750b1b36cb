namespace GraphQLHost.Users;

/// <summary>What passwords may be, and what handling them may cost.</summary>
internal sealed class PasswordLimits
{
    /// <value>Characters that a new password has at least; 8 by default.</value>
    public int MinLength { get; set; } = 8;

    /// <value>Characters that a new password has at most; 128 by default.</value>
    public int MaxLength { get; set; } = 128;

    /// <value>How many passwords are hashed or verified at once; half of the cores by default, and one at least.</value>
    public int Concurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <value>How many requests wait for that; the next one is refused. 200 by default, which takes seconds and stays below the time a request may take.</value>
    public int Queue { get; set; } = 200;
}
