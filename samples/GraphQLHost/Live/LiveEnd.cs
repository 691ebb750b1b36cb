namespace GraphQLHost.Live;

/// <summary>Tells all streams that the host is being stopped: they would go on for ever otherwise, and the host would wait for them.</summary>
internal sealed class LiveEnd : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public LiveEnd() => Token = _source.Token;

    public CancellationToken Token { get; }

    public void End() => _source.Cancel();

    public void Dispose() => _source.Dispose();
}
