using System.Diagnostics;
using GraphQLHost.Engines;

namespace GraphQLHost.Observability;

/// <summary>
/// An activity for each resolver that does work, and for each batch; a property that is only read has none. Below the operation's whatever order
/// an engine runs them in; statements and the cache's activities come below these.
/// </summary>
internal static class FieldActivities
{
    public static async ValueTask<object?> ResolveAsync<T>(string field, RequestContext context, Func<ValueTask<T>> resolve)
    {
        using var activity = Start("graphql.field", field, context);
        try
        {
            return await resolve();
        }
        catch (Exception error)
        {
            Fail(activity, error);
            throw;
        }
    }

    public static async ValueTask<IReadOnlyList<T>> LoadAsync<T>(string loader, int keys, RequestContext context, Func<ValueTask<IReadOnlyList<T>>> load)
    {
        using var activity = Start("graphql.batch", loader, context);
        activity?.SetTag(HostTelemetry.CountTag, keys);
        try
        {
            return await load();
        }
        catch (Exception error)
        {
            Fail(activity, error);
            throw;
        }
    }

    private static Activity? Start(string kind, string name, RequestContext context)
    {
        var activity = HostTelemetry.Source.StartActivity(kind, ActivityKind.Internal, context.Activity!.Context);
        activity?.DisplayName = name;
        return activity;
    }

    // Without the message, which may hold what not everybody who reads traces may see.
    private static void Fail(Activity? activity, Exception error) =>
        activity?.SetStatus(ActivityStatusCode.Error).SetTag(HostTelemetry.ErrorTypeTag, ErrorTranslator.CodeOf(error) ?? error.GetType().FullName);
}
