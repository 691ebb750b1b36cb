using GraphQLHost.Observability;

namespace GraphQLHost.Engines;

/// <summary>
/// Which C# resolves which field of schema.graphql. The one place where schema and code meet; both engines bind it as it stands,
/// and <see cref="Bind"/> finds every disagreement when the host starts.
/// </summary>
internal sealed class ResolverTable
{
    public const string QueryType = "Query";
    public const string MutationType = "Mutation";
    public const string SubscriptionType = "Subscription";

    private readonly Dictionary<(string Type, string Field), FieldBinding> _bindings = [];
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumMap> _enums = new(StringComparer.Ordinal);
    private readonly HashSet<(string Type, string Field)> _anonymous = [];

    /// <summary>Enums bound to C# ones, by their name in the schema.</summary>
    public IReadOnlyDictionary<string, EnumMap> Enums => _enums;

    /// <summary>Says which C# type stands behind an object type. Fields without an entry are its properties of the same name.</summary>
    public ResolverType<T> Type<T>(string name)
        where T : notnull
    {
        if (_types.TryGetValue(name, out var known) && known != typeof(T))
            throw new InvalidOperationException($"{name} stands for {known.Name} already.");
        _types[name] = typeof(T);
        return new(this, name);
    }

    /// <summary>Binds an enum: members in PascalCase, values in UPPER_SNAKE, neither with a name the other lacks.</summary>
    public ResolverTable Enum<T>(string name)
        where T : struct, Enum
    {
        _enums.Add(name, EnumMap.Of<T>(name));
        return this;
    }

    public ResolverTable Query<T>(string field, Func<Arguments, RequestContext, ValueTask<T>> resolve) => Root(QueryType, field, resolve);

    /// <summary>A look-up of one thing: those that one document asks for under several names are fetched at once, with all others of the loader's.</summary>
    public ResolverTable Query<TKey, TValue>(string field, BatchLoader<TKey, TValue> loader, Func<Arguments, TKey> key)
        where TKey : notnull
    {
        Add(new BatchBinding<object?, TKey, TValue>(QueryType, field, loader, (object? _, Arguments arguments, RequestContext context, out TKey found) =>
        {
            DemandSession(QueryType, field, context);
            found = key(arguments);
            return true;
        }, default));
        return this;
    }

    public ResolverTable Mutation<T>(string field, Func<Arguments, RequestContext, ValueTask<T>> resolve) => Root(MutationType, field, resolve);

    /// <summary>
    /// A stream. It begins with arguments and context as they are then; the stream's own enumerator is cancelled when it is to end, the context may be
    /// before that.
    /// </summary>
    public ResolverTable Subscription<T>(string field, Func<Arguments, RequestContext, ValueTask<IAsyncEnumerable<T>>> subscribe)
        where T : class
    {
        Add(new ResolverBinding(SubscriptionType, field, (_, arguments, context) =>
        {
            if (context.Event is { } happened)
                return new(happened);
            DemandSession(SubscriptionType, field, context);
            return BeginAsync(context.Stream!, subscribe(arguments, context));
        }));
        return this;

        static async ValueTask<object?> BeginAsync(LiveStream stream, ValueTask<IAsyncEnumerable<T>> begun)
        {
            stream.Source = await begun;
            return LiveStream.Begun;
        }
    }

    /// <summary>Lets a field of Query or Mutation answer without a session. Every other one says UNAUTHENTICATED.</summary>
    public ResolverTable Anonymous(string type, string field)
    {
        _anonymous.Add((type, field));
        return this;
    }

    /// <summary>One binding for each field of the schema's object types, in the same order.</summary>
    /// <exception cref="InvalidOperationException">Fields without a resolver, or entries without a field; all of them are named.</exception>
    public IReadOnlyList<FieldBinding> Bind(IReadOnlyList<(string Type, string Field)> schema)
    {
        var unknown = _bindings.Keys.Concat(_anonymous).Except(schema).Select(entry => $"{entry.Type}.{entry.Field} is not in the schema");
        var bound = schema.Select(Find).ToList();
        var unbound = schema.Where((_, i) => bound[i] is null).Select(entry => $"{entry.Type}.{entry.Field} has no resolver");
        var problems = unknown.Concat(unbound).ToList();
        return problems.Count == 0
            ? [.. bound.OfType<FieldBinding>()]
            : throw new InvalidOperationException($"The schema and its resolvers disagree: {string.Join("; ", problems)}.");
    }

    internal void Add(FieldBinding binding)
    {
        if (!_bindings.TryAdd((binding.Type, binding.Field), binding))
            throw new InvalidOperationException($"{binding.Type}.{binding.Field} is bound twice.");
    }

    private FieldBinding? Find((string Type, string Field) entry)
    {
        if (_bindings.TryGetValue(entry, out var binding))
            return binding;
        return _types.TryGetValue(entry.Type, out var source) && PropertyGetter.Compile(source, entry.Field) is { } get
            ? new ValueBinding(entry.Type, entry.Field, get)
            : null;
    }

    private static ValueTask<object?> Run<T>(string name, Func<Arguments, RequestContext, ValueTask<T>> resolve, Arguments arguments, RequestContext context) =>
        context.Activity is null
            ? Boxed.Of(resolve(arguments, context))
            : FieldActivities.ResolveAsync(name, context, () => resolve(arguments, context));

    private ResolverTable Root<T>(string type, string field, Func<Arguments, RequestContext, ValueTask<T>> resolve)
    {
        Add(new ResolverBinding(type, field, (_, arguments, context) =>
        {
            DemandSession(type, field, context);
            return Run($"{type}.{field}", resolve, arguments, context);
        }));
        return this;
    }

    private void DemandSession(string type, string field, RequestContext context)
    {
        if (context.Actor is null && !_anonymous.Contains((type, field)))
            throw new GraphQLErrorException(HostErrorCodes.Unauthenticated, "Log in first, and send the token as: Authorization: Bearer TOKEN.");
    }
}
