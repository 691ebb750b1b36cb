using GraphQLHost.Observability;

namespace GraphQLHost.Engines;

/// <summary>
/// Fetches many values in one go. An engine collects the keys of a level of the query, without repeats, and calls it once.
/// Nothing is kept from one batch to the next: after a mutation the next field must see what it changed.
/// </summary>
/// <param name="name">Names the loader in messages, and in engines that register loaders by name; unique within a table.</param>
/// <param name="load">Gets keys without repeats; gives one value a key, in the same order.</param>
internal sealed class BatchLoader<TKey, TValue>(string name, Func<IReadOnlyList<TKey>, RequestContext, ValueTask<IReadOnlyList<TValue>>> load)
    where TKey : notnull
{
    public string Name { get; } = name;

    public async ValueTask<IReadOnlyList<TValue>> LoadAsync(IReadOnlyList<TKey> keys, RequestContext context)
    {
        var values = await (context.Activity is null ? load(keys, context) : FieldActivities.LoadAsync(Name, keys.Count, context, () => load(keys, context)));
        return values.Count == keys.Count
            ? values
            : throw new InvalidOperationException($"The loader {Name} was given {keys.Count} keys and gave {values.Count} values.");
    }
}
