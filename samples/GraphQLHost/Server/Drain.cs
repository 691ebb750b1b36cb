using GraphQLHost.Engines;
using GraphQLHost.Health;
using GraphQLHost.Http;
using GraphQLHost.Live;
using GraphQLHost.Observability;

namespace GraphQLHost.Server;

/// <summary>
/// The end of a host that was told to stop (SIGTERM, Ctrl-C): requests that have begun go on to their answers, new ones get 503, then the server
/// is stopped. Kestrel alone would refuse connections at once, and whoever has one open would not learn why.
/// </summary>
internal sealed class Drain(IHostApplicationLifetime lifetime, ServerSettings settings, LiveEnd streams, ILogger<Drain> logger) : IHostedLifecycleService
{
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    private volatile bool _isStopping;

    // A signal is heard by the lifetime first; a program that stops its host itself comes to StoppingAsync first.
    private bool HasBegun => _isStopping || lifetime.ApplicationStopping.IsCancellationRequested;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (IsExempt(http.Request.Path))
        {
            await next(http);
            return;
        }

        // Counted first: what was not refused must be waited for.
        Interlocked.Increment(ref _running);
        try
        {
            await (HasBegun ? RefuseAsync(http) : next(http));
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0 && HasBegun)
                _idle.TrySetResult();
        }
    }

    /// <summary>Runs before the server is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        streams.End();
        await Task.Delay(settings.DrainDelay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Volatile.Read(ref _running) == 0)
            return;
        Log.Draining(logger, Volatile.Read(ref _running), settings.DrainTimeout);
        try
        {
            await _idle.Task.WaitAsync(settings.DrainTimeout, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            Log.CutOff(logger, Volatile.Read(ref _running));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(streams.End);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The process lives until it has ended, and its last minutes are worth measuring.
    private static bool IsExempt(PathString path) => path == HostHealth.LivePath || path == MetricsEndpoint.Path;

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "5";
        http.Response.Headers.Connection = "close";
        var error = new GraphQLError(HostErrorCodes.ShuttingDown, "This server is being stopped. Send the request again in a few seconds.");
        return ResponseWriter.WriteAsync(http.Response, StatusCodes.Status503ServiceUnavailable, MediaTypes.Json, error, http.RequestAborted).AsTask();
    }
}
