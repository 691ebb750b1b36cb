using System.Diagnostics;
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

    /// <summary>Where the request came from, for counting; null when that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>The subscription that the request begins or goes on with, where its client can take a stream; null otherwise.</summary>
    public LiveStream? Stream { get; init; }

    /// <summary>The event of <see cref="Stream"/> that is being told; null while the subscription begins.</summary>
    public object? Event { get; init; }

    /// <summary>The operation's activity while somebody traces; null otherwise, and then fields make none either.</summary>
    public Activity? Activity { get; set; }

    /// <summary>Which operation of which document runs, once that is known.</summary>
    public OperationInfo Operation { get; set; } = OperationInfo.Unknown;

    /// <summary>The scan, or the first of many, that is being recorded: for the log. Mutations run one after the other.</summary>
    public string? Scan { get; set; }

    /// <summary>Set when the server could not do what was asked, and the client is not to blame.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Set where a field was refused because its caller asks too often: when to come again.</summary>
    public TimeSpan? RetryAfter { get; set; }

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>False when this very exception was asked about before.</summary>
    public bool FirstSightOf(Exception exception)
    {
        lock (_lock)
            return (_seen ??= []).TryAdd(exception, RequestId);
    }
}
