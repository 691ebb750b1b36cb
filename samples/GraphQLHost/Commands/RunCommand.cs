using System.Globalization;
using System.Net.Sockets;
using GraphQLHost.Engines;
using GraphQLHost.Users;
using TraceTrack.DemoData;
using TraceTrack.LocalServices;

namespace GraphQLHost.Commands;

/// <summary>Without a verb: everything from an empty folder to a host that answers.</summary>
internal sealed class RunCommand(string? dataDirectory, int bags, string? urls)
{
    private readonly TextWriter _output = Console.Out;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var session = await StoreSession.OpenAsync(dataDirectory, serves: true, cancellationToken);
        CheckAddresses(session.App);
        if (!session.IsDurable)
            await SayNotDurableAsync();
        var admin = await ResetAdminCommand.Admin(session).EnsureAsync(cancellationToken);
        // Before the long work: who stops that still knows the password.
        await SayAdminAsync(admin);
        if (bags > 0)
            await FillAsync(session, admin, cancellationToken);
        await StartAsync(session.App, cancellationToken);
        await _output.WriteLineAsync("GraphQL engine: " + session.Services.GetRequiredService<IGraphQLEngine>().Name);
        await _output.WriteLineAsync("Cache: " + session.Cache);
        await ReadyText.WriteAsync(_output, ListenAddress.ForPeople(session.App.Urls.First()), admin);
        if (!session.IsDurable)
            await _output.WriteLineAsync("NOT DURABLE: everything is gone when this ends; see above.");
        await session.App.WaitForShutdownAsync(cancellationToken);
        await _output.WriteLineAsync("Stopping.");
        return Failures.Ok;
    }

    private async Task FillAsync(StoreSession session, AdminAccount admin, CancellationToken cancellationToken)
    {
        var options = new DemoOptions { Bags = bags, PasswordHash = admin.PasswordHash };
        var started = TimeProvider.System.GetTimestamp();
        var outcome = await ProgressDisplay.OnErrorStream().ShowAsync(
            progress => DemoStore.FillAsync(session.TraceTrack, options, progress.As<DemoProgress>(Step), cancellationToken));
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        await _output.WriteLineAsync(outcome switch
        {
            DemoOutcome.Filled => string.Create(CultureInfo.InvariantCulture, $"The demo warehouse is filled in ({elapsed.TotalSeconds:F1} s). Its users, such as dispatcher0001 and biller0001, have the password of {FirstAdmin.Name}."),
            DemoOutcome.WasFull => "The demo warehouse is there from an earlier start.",
            _ => "The store holds bags of its own; no demo warehouse is added.",
        });
    }

    private async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var addresses = Addresses(app) ?? [ListenAddress.FindFree()];
        app.Urls.Clear();
        foreach (var address in addresses)
            app.Urls.Add(address);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new CommandFailedException($"Cannot listen on {string.Join(" and ", addresses)}: {error.Message}", error);
        }
    }

    private string[]? Addresses(WebApplication app) =>
        (urls ?? app.Configuration[WebHostDefaults.ServerUrlsKey])?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Before the long work, and not when it is done.</summary>
    private void CheckAddresses(WebApplication app)
    {
        if (Addresses(app)?.FirstOrDefault(address => !ListenAddress.IsValid(address)) is { } wrong)
            throw new CommandFailedException($"The setting {WebHostDefaults.ServerUrlsKey} (ASPNETCORE_URLS) names '{wrong}'; it takes addresses such as http://127.0.0.1:8080.");
    }

    private async Task SayNotDurableAsync()
    {
        await _output.WriteLineAsync("NOT DURABLE: without a database everything is kept in memory, and gone when this ends.");
        await _output.WriteLineAsync(LocalServicesAdvice.InstallPostgres);
    }

    private async Task SayAdminAsync(AdminAccount admin)
    {
        if (admin.Origin == AdminPassword.JustMade)
            await _output.WriteLineAsync($"First user: {FirstAdmin.Name}, password {admin.Password} (shown only now; ./run reset-admin makes another).");
        if (admin.VariableIsWrong)
            await _output.WriteLineAsync($"{FirstAdmin.PasswordVariable} is not the password of {FirstAdmin.Name}: it names the first one only. ./run reset-admin sets it.");
    }

    private static StepProgress.Step Step(DemoProgress progress) => progress.Phase switch
    {
        DemoPhase.Indexes => new("Checking bags and building indexes", 0, 0),
        DemoPhase.Done => new("Finishing", 0, 0),
        var phase => new($"Filling in {phase.ToString().ToLowerInvariant()}", progress.Done, progress.Total),
    };
}
