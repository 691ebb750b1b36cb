using GraphQLHost.Observability;

namespace GraphQLHost.Engines;

/// <summary>Binds the fields of one object type whose source is a <typeparamref name="T"/>.</summary>
internal sealed class ResolverType<T>(ResolverTable table, string name)
    where T : notnull
{
    /// <summary>A value the source holds under another name or in another form.</summary>
    public ResolverType<T> Field<TValue>(string field, Func<T, TValue> get) =>
        Add(new ValueBinding(name, field, source => get((T)source)));

    /// <summary>A value that needs arguments, the request, or waiting. It runs once for each source: lists want <c>Batch</c>.</summary>
    public ResolverType<T> Field<TValue>(string field, Func<T, Arguments, RequestContext, ValueTask<TValue>> resolve) =>
        Add(new ResolverBinding(name, field, (source, arguments, context) => context.Activity is null
            ? Boxed.Of(resolve((T)source!, arguments, context))
            : FieldActivities.ResolveAsync($"{name}.{field}", context, () => resolve((T)source!, arguments, context))));

    /// <summary>A value fetched for all sources of a level at once.</summary>
    /// <param name="field">The field.</param>
    /// <param name="loader">Shared by all fields that fetch the same thing.</param>
    /// <param name="key">What to fetch for a source; null to fetch nothing.</param>
    /// <param name="none">The value where the key is null.</param>
    public ResolverType<T> Batch<TKey, TValue>(string field, BatchLoader<TKey, TValue> loader, Func<T, TKey?> key, TValue? none = default)
        where TKey : struct => Batch(field, loader, (source, _) => key(source), none);

    /// <summary>As above, with a key made of source and arguments.</summary>
    public ResolverType<T> Batch<TKey, TValue>(string field, BatchLoader<TKey, TValue> loader, Func<T, Arguments, TKey?> key, TValue? none = default)
        where TKey : struct => Add(new BatchBinding<T, TKey, TValue>(
            name, field, loader, (T source, Arguments arguments, RequestContext _, out TKey found) => Unwrap(key(source, arguments), out found), none));

    /// <summary>As above, for keys that are classes.</summary>
    public ResolverType<T> Batch<TKey, TValue>(string field, BatchLoader<TKey, TValue> loader, Func<T, TKey?> key, TValue? none = default)
        where TKey : class => Add(new BatchBinding<T, TKey, TValue>(
            name, field, loader, (T source, Arguments _, RequestContext _, out TKey found) => (found = key(source)!) is not null, none));

    private static bool Unwrap<TKey>(TKey? key, out TKey found)
        where TKey : struct
    {
        found = key.GetValueOrDefault();
        return key.HasValue;
    }

    private ResolverType<T> Add(FieldBinding binding)
    {
        table.Add(binding);
        return this;
    }
}
