namespace GraphQLHost.Engines;

/// <summary>How one field gets its value. There are three ways, and an engine needs to know no more than these.</summary>
internal abstract class FieldBinding(string type, string field)
{
    public string Type { get; } = type;

    public string Field { get; } = field;
}

/// <summary>A value the source already holds: no arguments, no waiting.</summary>
internal sealed class ValueBinding(string type, string field, Func<object, object?> get) : FieldBinding(type, field)
{
    public Func<object, object?> Get { get; } = get;
}

/// <summary>A resolver that may wait. The source is null for the fields of Query and Mutation.</summary>
internal sealed class ResolverBinding(string type, string field, Func<object?, Arguments, RequestContext, ValueTask<object?>> resolve)
    : FieldBinding(type, field)
{
    public Func<object?, Arguments, RequestContext, ValueTask<object?>> Resolve { get; } = resolve;
}

/// <summary>A value fetched for many sources at once. Engines reach the types behind it through <see cref="Accept"/>, without reflection.</summary>
internal abstract class BatchBinding(string type, string field) : FieldBinding(type, field)
{
    public abstract TResult Accept<TResult>(IBatchVisitor<TResult> visitor);
}

internal interface IBatchVisitor<out TResult>
{
    TResult Visit<TSource, TKey, TValue>(BatchBinding<TSource, TKey, TValue> binding)
        where TKey : notnull;
}

/// <summary>Reads the key of a source, null for Query; false when there is nothing to fetch for it.</summary>
internal delegate bool BatchKey<in TSource, TKey>(TSource source, Arguments arguments, RequestContext context, out TKey key);

internal sealed class BatchBinding<TSource, TKey, TValue>(
    string type, string field, BatchLoader<TKey, TValue> loader, BatchKey<TSource, TKey> key, TValue? none) : BatchBinding(type, field)
    where TKey : notnull
{
    /// <summary>Fields with the same loader share its batches.</summary>
    public BatchLoader<TKey, TValue> Loader { get; } = loader;

    public BatchKey<TSource, TKey> Key { get; } = key;

    /// <summary>The value where there is no key; boxed once.</summary>
    public object? None { get; } = none;

    public override TResult Accept<TResult>(IBatchVisitor<TResult> visitor) => visitor.Visit(this);
}
