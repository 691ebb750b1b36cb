using System.Runtime.CompilerServices;
using TraceTrack.Users;

namespace GraphQLHost.Engines;

/// <summary>One request, as resolvers see it. The same instance goes to every field, so passing it costs nothing.</summary>
internal sealed class RequestContext(string requestId, IServiceProvider services, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private ConditionalWeakTable<Exception, object>? _seen;

    public string RequestId { get; } = requestId;

    /// <summary>The request's own services, disposed when it ends.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>Cancelled when the client hangs up or the request takes too long.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Who asks; null without a valid session.</summary>
    public Actor? Actor { get; init; }

    /// <summary>The bearer token of the request, valid or not; only for ending its session.</summary>
    public string? Token { get; init; }

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>False when this very exception was asked about before.</summary>
    public bool FirstSightOf(Exception exception)
    {
        lock (_lock)
            return (_seen ??= []).TryAdd(exception, RequestId);
    }
}
