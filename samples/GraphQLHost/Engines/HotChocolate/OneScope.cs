namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// Services of a subscription's event. HotChocolate makes a scope for each event; this is one already, and what the host keeps for the event, such as
/// its dispatcher, must be the same that HotChocolate uses.
/// </summary>
internal sealed class OneScope(IServiceProvider services) : IServiceProvider, IServiceScopeFactory, IServiceScope
{
    public IServiceProvider ServiceProvider => this;

    public object? GetService(Type serviceType) => serviceType == typeof(IServiceScopeFactory) || serviceType == typeof(IServiceProvider) ? this : services.GetService(serviceType);

    public IServiceScope CreateScope() => this;

    /// <summary>The scope ends where it was made.</summary>
    public void Dispose()
    {
    }
}
