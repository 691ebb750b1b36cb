namespace GraphQLHost.Engines;

/// <summary>Where an engine keeps a field's arguments, or an input object's fields.</summary>
internal interface IArgumentSource
{
    /// <summary>False, or a null value, when the client left the argument out or sent null.</summary>
    bool TryGet(string name, out object? value);
}

/// <summary>
/// A field's arguments, or an input object's fields. Validation has run, so what the schema calls non-null is there and has its type;
/// asking for anything else is a mistake in the table and throws <see cref="InvalidOperationException"/>.
/// </summary>
internal readonly struct Arguments(IArgumentSource? source)
{
    /// <summary>Whether the client gave a value other than null.</summary>
    public bool Has(string name) => Raw(name) is not null;

    /// <summary>
    /// Whether the client gave a field of an input object a value or null, and did not leave it out: null takes something away, and what is
    /// left out stays. An engine's dictionaries hold only what was given.
    /// </summary>
    public bool IsGiven(string name) => source is not null && source.TryGet(name, out _);

    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    public string? TextOrNull(string name) => Get<string>(name);

    public int Number(string name) => NumberOrNull(name) ?? throw Missing(name);

    public int? NumberOrNull(string name) => GetStruct<int>(name);

    public long? LongNumberOrNull(string name) => GetStruct<long>(name);

    public bool? FlagOrNull(string name) => GetStruct<bool>(name);

    public decimal? DecimalOrNull(string name) => GetStruct<decimal>(name);

    public DateTimeOffset? TimeOrNull(string name) => GetStruct<DateTimeOffset>(name);

    public DateTimeOffset Time(string name) => TimeOrNull(name) ?? throw Missing(name);

    public TEnum Choice<TEnum>(string name)
        where TEnum : struct, Enum => ChoiceOrNull<TEnum>(name) ?? throw Missing(name);

    /// <summary>A value of an enum that <see cref="ResolverTable.Enum{T}"/> bound.</summary>
    public TEnum? ChoiceOrNull<TEnum>(string name)
        where TEnum : struct, Enum => GetStruct<TEnum>(name);

    /// <summary>An <c>ID!</c>: clients may write it as a string or as a number.</summary>
    public string Id(string name) =>
        Raw(name) switch
        {
            null => throw Missing(name),
            string text => text,
            IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            var other => throw WrongType(name, other, "an ID"),
        };

    public Arguments Input(string name) => InputOrNull(name) ?? throw Missing(name);

    public Arguments? InputOrNull(string name) => Raw(name) switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> fields => new(new DictionarySource(fields)),
        var other => throw WrongType(name, other, "an input object"),
    };

    /// <summary>The input objects of a list; empty when it was left out.</summary>
    public IEnumerable<Arguments> Inputs(string name)
    {
        foreach (var item in Get<System.Collections.IEnumerable>(name) ?? Array.Empty<object>())
        {
            yield return item is IReadOnlyDictionary<string, object?> fields
                ? new(new DictionarySource(fields))
                : throw WrongType(name, item, "a list of input objects");
        }
    }

    /// <summary>The texts of a list; empty when it was left out.</summary>
    public IEnumerable<string> Texts(string name)
    {
        foreach (var item in Get<System.Collections.IEnumerable>(name) ?? Array.Empty<object>())
            yield return item as string ?? throw WrongType(name, item, "a list of texts");
    }

    private object? Raw(string name) => source is not null && source.TryGet(name, out var value) ? value : null;

    private T? Get<T>(string name)
        where T : class => Raw(name) switch
        {
            null => null,
            T value => value,
            var other => throw WrongType(name, other, typeof(T).Name),
        };

    private T? GetStruct<T>(string name)
        where T : struct => Raw(name) switch
        {
            null => null,
            T value => value,
            var other => throw WrongType(name, other, typeof(T).Name),
        };

    private static InvalidOperationException Missing(string name) =>
        new($"The argument {name} is missing: the table asks for more than the schema demands.");

    private static InvalidOperationException WrongType(string name, object? value, string wanted) =>
        new($"The argument {name} is a {value?.GetType().Name}, not {wanted}: the table and the schema disagree.");

    private sealed class DictionarySource(IReadOnlyDictionary<string, object?> fields) : IArgumentSource
    {
        public bool TryGet(string name, out object? value) => fields.TryGetValue(name, out value);
    }
}
