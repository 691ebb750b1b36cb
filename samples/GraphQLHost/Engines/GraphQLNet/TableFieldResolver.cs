using GraphQL;
using GraphQL.Execution;
using GraphQL.Resolvers;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>Makes a GraphQL.NET resolver from an entry of the table.</summary>
internal sealed class TableFieldResolver : IBatchVisitor<IFieldResolver>
{
    private static readonly TableFieldResolver Instance = new();

    public static IFieldResolver Of(FieldBinding binding) => binding switch
    {
        ValueBinding value => new Value(value.Get),
        ResolverBinding resolver => new Resolver(resolver.Resolve),
        BatchBinding batch => batch.Accept(Instance),
        _ => throw new NotSupportedException($"{binding.GetType().Name} is no known binding."),
    };

    IFieldResolver IBatchVisitor<IFieldResolver>.Visit<TSource, TKey, TValue>(BatchBinding<TSource, TKey, TValue> binding) =>
        new Batched<TSource, TKey, TValue>(binding);

    private static Arguments ArgumentsOf(IResolveFieldContext field) =>
        field.Arguments is { Count: > 0 } arguments ? new(new NetArguments(arguments)) : default;

    private static NetContext ContextOf(IResolveFieldContext field) => (NetContext)field.UserContext;

    private sealed class Value(Func<object, object?> get) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(get(context.Source!));
    }

    private sealed class Resolver(Func<object?, Arguments, RequestContext, ValueTask<object?>> resolve) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            resolve(context.Source, ArgumentsOf(context), ContextOf(context).Request);
    }

    private sealed class Batched<TSource, TKey, TValue>(BatchBinding<TSource, TKey, TValue> binding) : IFieldResolver
        where TKey : notnull
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            new(binding.Key((TSource)context.Source!, ArgumentsOf(context), ContextOf(context).Request, out var key)
                ? ContextOf(context).Enqueue(binding.Loader, key)
                : binding.None);
    }

    private sealed class NetArguments(IDictionary<string, ArgumentValue> arguments) : IArgumentSource
    {
        public bool TryGet(string name, out object? value)
        {
            var found = arguments.TryGetValue(name, out var argument);
            value = argument.Value;
            return found;
        }
    }
}
