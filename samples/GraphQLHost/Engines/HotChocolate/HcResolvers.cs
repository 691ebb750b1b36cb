using System.Collections;
using HotChocolate;
using HotChocolate.Resolvers;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Makes HotChocolate's resolvers from entries of the table.</summary>
internal sealed class HcResolvers(IReadOnlyDictionary<string, EnumMap> enums, ErrorTranslator errors) : IBatchVisitor<Func<IResolverContext, ValueTask<object?>>>
{
    public Func<IResolverContext, ValueTask<object?>> Of(FieldBinding binding) => binding switch
    {
        ValueBinding value => Guard((field, _) => new(value.Get(field.Parent<object>()))),
        ResolverBinding resolver => Guard((field, context) => resolver.Resolve(
            IsRoot(field) ? null : field.Parent<object>(),
            ArgumentsOf(field),
            context.Request)),
        BatchBinding batch => batch.Accept(this),
        _ => throw new NotSupportedException($"{binding.GetType().Name} is no known binding."),
    };

    Func<IResolverContext, ValueTask<object?>> IBatchVisitor<Func<IResolverContext, ValueTask<object?>>>.Visit<TSource, TKey, TValue>(BatchBinding<TSource, TKey, TValue> binding) =>
        Guard(async (field, context) => binding.Key(IsRoot(field) ? default! : field.Parent<TSource>(), ArgumentsOf(field), context.Request, out var key)
            ? await context.LoadAsync(binding.Loader, key)
            : binding.None);

    private static bool IsRoot(IResolverContext field) =>
        field.Selection.DeclaringType.Name is ResolverTable.QueryType or ResolverTable.MutationType or ResolverTable.SubscriptionType;

    private Arguments ArgumentsOf(IResolverContext field) =>
        field.Selection.Field.Arguments.Count > 0 ? new(new HcArguments(field, enums)) : default;

    /// <summary>Translates what is thrown here, where HotChocolate has added nothing to it and swallowed nothing of it.</summary>
    private Func<IResolverContext, ValueTask<object?>> Guard(Func<IResolverContext, HcContext, ValueTask<object?>> resolve) => async field =>
    {
        var context = field.GetGlobalState<HcContext>(HcContext.Key)!;
        try
        {
            return ToNames(await resolve(field, context), field.Selection.Type);
        }
        catch (Exception error) when (!context.Request.CancellationToken.IsCancellationRequested)
        {
            throw new GraphQLException(HcErrors.ToError(errors.Translate(error, context.Request), field));
        }
    };

    /// <summary>An enum of the SDL knows its values by their names.</summary>
    private object? ToNames(object? value, IType type)
    {
        if (value is null || type.NamedType() is not EnumType named)
            return value;
        return value is IEnumerable values and not string
            ? values.Cast<object?>().Select(one => one is null ? null : enums[named.Name].NameOf(one)).ToList()
            : enums[named.Name].NameOf(value);
    }
}
