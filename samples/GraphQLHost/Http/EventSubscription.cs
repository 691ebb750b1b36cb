using GraphQLHost.Engines;
using GraphQLHost.Identity;
using GraphQLHost.Live;
using GraphQLHost.Observability;

namespace GraphQLHost.Http;

/// <summary>What every subscription works with.</summary>
internal sealed record EventParts(
    IGraphQLEngine Engine, IdentitySettings Identity, GraphQLLimits Limits, LiveSettings Settings, SharedTick Tick, LiveTelemetry Telemetry, TimeProvider Clock);

/// <summary>One subscription over one connection: its events as they come, comments while none do, and now and then a look at who the subscriber is.</summary>
internal sealed class EventSubscription(
    EventParts parts, HttpContext http, GraphQLRequest request, RequestContext begun, IEventSink sink, CancellationToken stop)
{
    private const int FlushAt = 16 * 1024;

    private readonly LiveStream _stream = begun.Stream!;
    private Task<bool> _pending = Task.FromResult(false);
    private long _lastWrite;
    private long _lastCheck;

    public async Task FollowAsync(IAsyncEnumerator<object> events)
    {
        _lastCheck = parts.Clock.GetTimestamp();
        using var timeout = new CancellationTokenSource();
        using var stopping = stop.Register(timeout.Cancel);
        // The client learns that it is subscribed.
        await CommentAsync();
        _pending = events.MoveNextAsync().AsTask();
        while (true)
        {
            if (!_pending.IsCompleted)
                await WaitAsync();
            await CheckAsync();
            if (!_pending.IsCompleted)
                continue;
            if (!await _pending)
                return;
            timeout.CancelAfter(parts.Limits.Timeout);
            await TellAsync(events.Current, timeout.Token);
            timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            _pending = events.MoveNextAsync().AsTask();
        }
    }

    public async Task CloseAsync(IAsyncEnumerator<object> events)
    {
        // It must have come to its end before it is disposed of.
        await ((Task)_pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await events.DisposeAsync();
    }

    private async Task WaitAsync()
    {
        await sink.FlushAsync(stop);
        await Task.WhenAny(_pending, parts.Tick.Next);
        if (!_pending.IsCompleted && parts.Clock.GetElapsedTime(_lastWrite) >= parts.Settings.KeepAlive)
            await CommentAsync();
    }

    private async ValueTask CommentAsync()
    {
        sink.WriteComment();
        _lastWrite = parts.Clock.GetTimestamp();
        await sink.FlushAsync(stop);
    }

    private async ValueTask CheckAsync()
    {
        stop.ThrowIfCancellationRequested();
        if (parts.Clock.GetElapsedTime(_lastCheck) < parts.Settings.SessionCheck)
            return;
        _stream.Become(await http.AuthenticateAgainAsync(parts.Identity));
        _lastCheck = parts.Clock.GetTimestamp();
    }

    private async Task TellAsync(object happened, CancellationToken cancellationToken)
    {
        var context = new RequestContext(begun.RequestId, begun.Services, cancellationToken)
        {
            Actor = _stream.Actor,
            Token = begun.Token,
            Address = begun.Address,
            Stream = _stream,
            Event = happened,
        };
        var result = await parts.Engine.ExecuteAsync(request, context);
        foreach (var code in result.ErrorCodes.Distinct(StringComparer.Ordinal))
            parts.Telemetry.Told(code);
        sink.WriteNext(result);
        _lastWrite = parts.Clock.GetTimestamp();
        parts.Telemetry.Event();
        // Events that wait go out together.
        if (sink.UnflushedBytes > FlushAt)
            await sink.FlushAsync(stop);
    }
}
