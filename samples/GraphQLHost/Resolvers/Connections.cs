using GraphQLHost.Engines;
using TraceTrack;
using TraceTrack.Paging;

namespace GraphQLHost.Resolvers;

/// <summary>Relay connections over the domain's pages.</summary>
internal static class Connections
{
    public static void BindPageInfo(ResolverTable table) => table.Type<PageInfo>("PageInfo");

    /// <summary>Binds the types <c>{node}Connection</c> and <c>{node}Edge</c>.</summary>
    public static void Bind<T>(ResolverTable table, string node)
    {
        table.Type<Edge<T>>($"{node}Edge");
        table.Type<Page<T>>($"{node}Connection")
            .Field("nodes", page => page.Items)
            .Field("edges", page => page.Items.Zip(page.Cursors, (item, cursor) => new Edge<T>(cursor, item)).ToList())
            .Field("pageInfo", page => new PageInfo(page.HasNext, page.HasPrevious, page.StartCursor, page.EndCursor));
    }

    /// <summary>The two fields that bound a time: NAMEFrom and NAMEBefore.</summary>
    public static TimeRange Range(this Arguments input, string name) => new(input.TimeOrNull(name + "From"), input.TimeOrNull(name + "Before"));

    /// <summary>The arguments first, after, last and before.</summary>
    public static PageRequest Page(this Arguments arguments) => PageRequest.Relay(
        arguments.NumberOrNull("first"), arguments.TextOrNull("after"), arguments.NumberOrNull("last"), arguments.TextOrNull("before"));

    private sealed record Edge<T>(string Cursor, T Node);

    private sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
}
