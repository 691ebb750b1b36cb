using TraceTrack.Postgres;

namespace GraphQLHost.Commands;

internal static class MigrateCommand
{
    /// <summary>Opening the store has migrated it already.</summary>
    public static async Task<int> RunAsync(StoreSession session)
    {
        await Console.Out.WriteLineAsync("The schema is at this version.");
        return Failures.Ok;
    }

    public static async Task<int> PrintScriptAsync(CancellationToken cancellationToken)
    {
        // Registering opens nothing, so any address does.
        await using var app = HostApplication.Build(new HostSettings { ConnectionString = "Host=none" });
        var script = app.Services.GetRequiredService<SchemaMigrator>().Script();
        await Console.Out.WriteAsync(script.AsMemory(), cancellationToken);
        return Failures.Ok;
    }
}
