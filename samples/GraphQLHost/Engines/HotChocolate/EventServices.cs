namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// Services of a run that tells a subscription's event. HotChocolate makes a scope for the event; here it gets one that was made before, since what the host
/// keeps for the event must use the same dispatcher.
/// </summary>
internal sealed class EventServices(IServiceProvider request, IServiceScope ofEvent) : IServiceProvider, IServiceScopeFactory
{
    public object? GetService(Type serviceType) => serviceType == typeof(IServiceScopeFactory) ? this : request.GetService(serviceType);

    public IServiceScope CreateScope() => ofEvent;
}
