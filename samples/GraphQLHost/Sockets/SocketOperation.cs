using System.Text.Json;
using GraphQLHost.Engines;
using GraphQLHost.Http;
using GraphQLHost.Identity;

namespace GraphQLHost.Sockets;

/// <summary>One operation of a connection, from <c>subscribe</c> to <c>complete</c>.</summary>
internal sealed class SocketOperation : IEventSink
{
    private readonly SocketSession _session;
    private readonly HttpContext _http;
    private readonly SocketParts _parts;
    private readonly string _requestId;
    private readonly CancellationTokenSource _gone;
    private readonly Queue<byte[]> _messages = [];

    public SocketOperation(SocketSession session, HttpContext http, SocketParts parts, string id, string requestId, CancellationToken connectionGone)
    {
        (_session, _http, _parts, Id, _requestId) = (session, http, parts, id, requestId);
        _gone = CancellationTokenSource.CreateLinkedTokenSource(connectionGone);
    }

    public string Id { get; }

    /// <summary>Ends with it, and never fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public long UnflushedBytes { get; private set; }

    /// <param name="payload">What it asks for.</param>
    /// <param name="isOneTooMany">Whether the connection has as many operations as it may have.</param>
    public void Begin(JsonElement payload, bool isOneTooMany) =>
        // Not where the connection reads: the next message may be the end of this one.
        Running = Task.Run(() => RunAsync(payload, isOneTooMany));

    public async Task CancelAsync()
    {
        try
        {
            await _gone.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended just now.
        }
    }

    public void WriteNext(GraphQLResult result) => Write(SocketMessage.WriteNext(Id, result, _requestId));

    // Sockets have pings.
    public void WriteComment()
    {
    }

    public void WriteComplete()
    {
        _session.Forget(this);
        Write(SocketMessage.Write(SocketMessage.Complete, Id));
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        while (_messages.TryDequeue(out var message))
        {
            UnflushedBytes -= message.Length;
            await _session.SendAsync(message, cancellationToken);
        }
    }

    private async Task RunAsync(JsonElement payload, bool isOneTooMany)
    {
        await using var scope = _http.RequestServices.CreateAsyncScope();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        timeout.CancelAfter(_parts.Events.Limits.Timeout);
        try
        {
            if (isOneTooMany)
                throw TooMany();
            var actor = await _http.AuthenticateAgainAsync(_parts.Events.Identity);
            var address = _http.Connection.RemoteIpAddress?.ToString();
            _parts.RateLimit.Demand(actor, address);
            using var stream = new LiveStream(actor);
            var context = new RequestContext(_requestId, scope.ServiceProvider, timeout.Token)
            {
                Token = BearerToken.Of(_http.Request),
                Actor = actor,
                Address = address,
                Stream = stream,
            };
            await ExecuteAsync(RequestReader.Read(payload, _parts.Events.Limits), context);
        }
        catch (Exception) when (_gone.IsCancellationRequested)
        {
            // There is nobody to answer.
        }
        catch (Exception error)
        {
            await RefuseAsync(error, scope.ServiceProvider);
        }
        finally
        {
            _session.Ended(this);
            _gone.Dispose();
        }
    }

    private async Task ExecuteAsync(GraphQLRequest request, RequestContext context)
    {
        var result = await _parts.Operations.ExecuteAsync(request, context, _gone.Token);
        if (context.Stream!.HasBegun(result))
        {
            await _parts.Pump.RunAsync(_http, request, context, this, _gone.Token);
            return;
        }

        // The engines do not agree whether a subscription that did not begin has been executed; to its client it is one that was refused.
        if (result.Outcome == GraphQLOutcome.Executed && context.Operation.Kind != OperationKind.Subscription)
        {
            WriteNext(result);
            WriteComplete();
        }
        else
        {
            WriteError(result);
        }

        await FlushAsync(_gone.Token);
    }

    private async Task RefuseAsync(Exception error, IServiceProvider services)
    {
        var told = error switch
        {
            HttpFailure failure => failure.Error,
            OperationCanceledException => ErrorTranslator.TimedOut,
            _ => _parts.Errors.Translate(error, new RequestContext(_requestId, services, CancellationToken.None)),
        };
        _parts.Operations.Refused(told.Code);
        WriteError(new ErrorResult(GraphQLOutcome.Failed, told));
        try
        {
            await FlushAsync(_gone.Token);
        }
        catch (OperationCanceledException)
        {
            // There is nobody to answer.
        }
    }

    private void WriteError(GraphQLResult result)
    {
        _session.Forget(this);
        Write(SocketMessage.WriteError(Id, result, _requestId));
    }

    private void Write(byte[] message)
    {
        UnflushedBytes += message.Length;
        _messages.Enqueue(message);
    }

    private static GraphQLErrorException TooMany() => new(new GraphQLError(
        HostErrorCodes.TooManySubscriptions,
        $"A connection has at most {SocketSession.MostOperations} operations at once.",
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = SocketSession.MostOperations, ["of"] = "connection" }));
}
