using GraphQLHost.Engines;
using TraceTrack;

namespace GraphQLHost.Resolvers;

/// <summary>Items of mutations that take many.</summary>
internal static class Batches
{
    /// <summary>Reads every item before anything is done, so that one that makes no sense stops all; the error tells which it is.</summary>
    public static IReadOnlyList<TItem> Read<TGiven, TItem>(RequestContext context, IEnumerable<TGiven> given, Func<TGiven, TItem> read)
    {
        var most = context.Service<GraphQLLimits>().MaxBatchSize;
        var items = new List<TItem>();
        foreach (var one in given)
        {
            if (items.Count == most)
                throw new InvalidInputException(ErrorCodes.InvalidBatch, $"Send at most {most} items at a time.");
            try
            {
                items.Add(read(one));
            }
            catch (InvalidInputException error)
            {
                throw new GraphQLErrorException(new GraphQLError(
                    error.Code, $"Item {items.Count}: {error.Message}", new Dictionary<string, object?>(StringComparer.Ordinal) { ["item"] = items.Count }));
            }
        }

        return items;
    }
}
