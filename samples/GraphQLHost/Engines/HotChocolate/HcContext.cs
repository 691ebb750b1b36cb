using GreenDonut;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Carries the request through HotChocolate, with the data loaders it uses.</summary>
internal sealed class HcContext(RequestContext request, LevelDispatcher dispatcher)
{
    public const string Key = "GraphQLHost.Request";

    /// <summary>Set for a document that HotChocolate's caches must not keep.</summary>
    public const string KeepNothing = "GraphQLHost.KeepNothing";

    private readonly Lock _lock = new();
    private readonly Dictionary<object, IDataLoader> _loaders = [];

    public RequestContext Request { get; } = request;

    /// <summary>Disposed when the field has its value and those below it are queued.</summary>
    public IDisposable BeginField() => dispatcher.BeginField();

    public Task<TValue?> LoadAsync<TKey, TValue>(BatchLoader<TKey, TValue> loader, TKey key)
        where TKey : notnull => LoaderOf(loader).EnqueueAsync(key, Request.CancellationToken);

    private TableLoader<TKey, TValue> LoaderOf<TKey, TValue>(BatchLoader<TKey, TValue> loader)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (!_loaders.TryGetValue(loader, out var found))
                _loaders.Add(loader, found = new TableLoader<TKey, TValue>(loader, Request, dispatcher));
            return (TableLoader<TKey, TValue>)found;
        }
    }
}
