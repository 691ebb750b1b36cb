using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TraceTrack.Postgres;

namespace TraceTrack.LoadTest.Host;

/// <summary>
/// The floor: bare Kestrel over bare Npgsql. One prepared statement a read, the library's own statements for a scan, answers of the same shape;
/// no GraphQL, no sessions, no rules, no cache, no retries. A process of its own, as the host is.
/// </summary>
internal static class FloorServer
{
    /// <summary>Hidden: for this program itself.</summary>
    public const string Verb = "host-floor";

    /// <summary>The variable that names the database.</summary>
    public const string DatabaseVariable = "TRACETRACK_FLOOR_DATABASE";

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(DatabaseVariable))
        {
            // As the library has it.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            MinPoolSize = PostgresOptions.DefaultMinPoolSize,
            MaxPoolSize = PostgresOptions.DefaultMaxPoolSize,
        }.ConnectionString);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(new FloorHandler(source).HandleAsync);
        await app.StartAsync(cancellation);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Ready: {app.Urls.First()}"));
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
