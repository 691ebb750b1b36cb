using GraphQLHost.Engines;
using GraphQLHost.Resolvers.Bags;
using GraphQLHost.Resolvers.Bills;
using GraphQLHost.Resolvers.History;
using GraphQLHost.Resolvers.Host;
using GraphQLHost.Resolvers.Imports;
using GraphQLHost.Resolvers.Live;
using GraphQLHost.Resolvers.Scans;
using GraphQLHost.Resolvers.Totals;
using GraphQLHost.Resolvers.Users;

namespace GraphQLHost.Resolvers;

internal static class TraceTrackTable
{
    /// <summary>The resolvers of schema.graphql.</summary>
    public static ResolverTable Create()
    {
        var table = new ResolverTable();
        var loaders = new Loaders();
        Connections.BindPageInfo(table);
        BagResolvers.Bind(table, loaders);
        BagDeletionResolvers.Bind(table, loaders);
        BillResolvers.Bind(table, loaders);
        BillChangeResolvers.Bind(table);
        BillBatchResolvers.Bind(table);
        DaySummaryResolvers.Bind(table, loaders);
        ScanResolvers.Bind(table, loaders);
        ScanListResolvers.Bind(table);
        HistoryResolvers.Bind(table, loaders);
        ImportResolvers.Bind(table, loaders);
        TotalsResolvers.Bind(table);
        UserResolvers.Bind(table, loaders);
        SessionResolvers.Bind(table);
        LiveResolvers.Bind(table);
        HostResolvers.Bind(table);
        return table;
    }

    /// <summary>The text of schema.graphql, which is part of the program.</summary>
    public static string ReadSchema()
    {
        using var stream = typeof(TraceTrackTable).Assembly.GetManifestResourceStream("schema.graphql")
            ?? throw new InvalidOperationException("schema.graphql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
