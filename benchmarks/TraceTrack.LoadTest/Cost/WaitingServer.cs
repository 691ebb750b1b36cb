using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TraceTrack.LoadTest.Cost;

/// <summary>How a request's code waits for the database.</summary>
internal enum WaitStyle
{
    /// <summary>Its thread serves others meanwhile.</summary>
    Await,

    /// <summary>Its thread waits. The pool begins with one a core and adds few a second.</summary>
    Block,

    /// <summary>Its thread waits, and there is one for every user from the start.</summary>
    BlockWithThreads,
}

/// <summary>Kestrel and Npgsql alone: a look-up for each request, whose statement takes a while.</summary>
internal static class WaitingServer
{
    /// <summary>The verb of the process that serves; nobody types it.</summary>
    public const string Verb = "serve-and-wait";

    public const int Milliseconds = 25;

    private const string ConnectionVariable = "TRACETRACK_BENCH_CONNECTION";
    private const string Ready = "Ready: ";

    private static readonly string Sql = string.Create(
        CultureInfo.InvariantCulture, $"SELECT qr FROM tracetrack.bag, pg_sleep({Milliseconds / 1000.0}) WHERE qr = $1");

    public static Process Start(string connectionString, WaitStyle style, int users)
    {
        var start = OwnProgram.With(Verb, style.ToString(), users.ToString(CultureInfo.InvariantCulture));
        start.RedirectStandardOutput = true;
        // Not an argument: it holds a password.
        start.Environment[ConnectionVariable] = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = users,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        }.ConnectionString;
        return Process.Start(start)!;
    }

    public static async Task<Uri> AddressAsync(Process server, CancellationToken cancellation)
    {
        while (await server.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
                return new(line[Ready.Length..]);
        }

        throw new InvalidOperationException("The server did not start.");
    }

    public static async Task<int> RunAsync(WaitStyle style, int users, CancellationToken cancellation)
    {
        var connection = Environment.GetEnvironmentVariable(ConnectionVariable)
            ?? throw new InvalidOperationException($"The bench starts this itself, with {ConnectionVariable}.");
        if (style == WaitStyle.BlockWithThreads)
            ThreadPool.SetMinThreads(users + Environment.ProcessorCount, Environment.ProcessorCount);
        await using var source = NpgsqlDataSource.Create(connection);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(style == WaitStyle.Await
            ? http => AnswerAsync(http, source)
            : http =>
            {
                var qr = Find(source, http.Request.Path.Value![1..]);
                return http.Response.WriteAsync(qr, http.RequestAborted);
            });
        await app.StartAsync(cancellation);
        await Console.Out.WriteLineAsync(Ready + app.Urls.First());
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http, NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = http.Request.Path.Value![1..] });
        var qr = (string)(await command.ExecuteScalarAsync(http.RequestAborted))!;
        await http.Response.WriteAsync(qr, http.RequestAborted);
    }

    private static string Find(NpgsqlDataSource source, string qr)
    {
        using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = qr });
        return (string)command.ExecuteScalar()!;
    }
}
