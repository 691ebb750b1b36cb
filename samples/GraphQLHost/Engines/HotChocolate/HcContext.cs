using GreenDonut;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Carries the request through HotChocolate, with the data loaders it uses.</summary>
internal sealed class HcContext(RequestContext request, IBatchScheduler scheduler)
{
    public const string Key = "GraphQLHost.Request";

    private readonly Lock _lock = new();
    private readonly Dictionary<object, IDataLoader> _loaders = [];

    public RequestContext Request { get; } = request;

    public IDataLoader<TKey, TValue> LoaderOf<TKey, TValue>(BatchLoader<TKey, TValue> loader)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (!_loaders.TryGetValue(loader, out var found))
                _loaders.Add(loader, found = new TableLoader<TKey, TValue>(loader, Request, scheduler));
            return (IDataLoader<TKey, TValue>)found;
        }
    }
}

/// <summary>A HotChocolate data loader over an entry of the table. It keeps nothing: after a mutation the next field must see what it changed.</summary>
internal sealed class TableLoader<TKey, TValue>(BatchLoader<TKey, TValue> loader, RequestContext request, IBatchScheduler scheduler)
    : DataLoaderBase<TKey, TValue>(scheduler, new DataLoaderOptions { MaxBatchSize = 0, Cache = null })
    where TKey : notnull
{
    protected override async ValueTask FetchAsync(
        IReadOnlyList<TKey> keys, Memory<Result<TValue?>> results, DataLoaderFetchContext<TValue> context, CancellationToken cancellationToken)
    {
        // Without a cache the same key may come more than once.
        var distinct = keys.Distinct().ToList();
        var values = await loader.LoadAsync(distinct, request);
        var places = new Dictionary<TKey, int>(distinct.Count);
        for (var i = 0; i < distinct.Count; i++)
            places.Add(distinct[i], i);
        for (var i = 0; i < keys.Count; i++)
            results.Span[i] = values[places[keys[i]]];
    }
}
