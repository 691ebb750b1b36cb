using HotChocolate;
using HotChocolate.Configuration;
using HotChocolate.Execution;
using HotChocolate.Resolvers;
using HotChocolate.Types.Descriptors.Definitions;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// Lets the fields of Subscription begin by their entries of the table. HotChocolate would run a subscription as long as it lasts, for who began it; the
/// host runs it once for each event (<see cref="LiveStream"/>). So HotChocolate's stream is empty when the subscription begins, and then holds one event.
/// </summary>
internal sealed class HcSubscriptions(IReadOnlyDictionary<string, Func<IResolverContext, ValueTask<object?>>> fields) : TypeInterceptor
{
    public override void OnBeforeCompleteType(ITypeCompletionContext completionContext, DefinitionBase definition)
    {
        if (definition is not ObjectTypeDefinition { Name: ResolverTable.SubscriptionType } subscription)
            return;
        foreach (var field in subscription.Fields)
        {
            if (fields.TryGetValue(field.Name, out var begin))
                field.SubscribeResolver = context => BeginAsync(context, begin);
        }
    }

    private static async ValueTask<ISourceStream> BeginAsync(IResolverContext field, Func<IResolverContext, ValueTask<object?>> begin)
    {
        var happened = field.GetGlobalState<HcContext>(HcContext.Key)!.Request.Event;
        if (happened is null)
            await begin(field);
        return new Events(happened);
    }

    private sealed class Events(object? happened) : ISourceStream
    {
        public async IAsyncEnumerable<object?> ReadEventsAsync()
        {
            await Task.CompletedTask;
            if (happened is not null)
                yield return happened;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
