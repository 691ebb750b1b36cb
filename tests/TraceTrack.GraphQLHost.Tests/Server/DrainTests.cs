using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Totals;

namespace TraceTrack.GraphQLHost.Tests.Server;

/// <summary>How a host ends that is told to stop while it works. <c>EndToEnd/DrainTests</c> does the same to a process.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task What_has_begun_ends_and_what_is_new_is_told_to_come_again()
    {
        var totals = new HeldTotals();
        await using var host = await RunningHost.StartAsync(services => services.AddSingleton<ITotalsStore>(totals));
        var token = await host.LogInAsync("Ada");
        var running = host.AskAsync(token, "{ totals { bags } }");
        await totals.Reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var stopping = host.App.StopAsync();

        using (var refused = await host.SendAsync(token, HttpMethod.Post, "/graphql", JsonContent.Create(new { query = "{ me { id } }" })))
        {
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Equal("5", Assert.Single(refused.Headers.GetValues("Retry-After")));
            Assert.True(refused.Headers.ConnectionClose);
            Assert.Contains("\"SHUTTING_DOWN\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var ready = await host.SendAsync(null, HttpMethod.Get, "/health/ready"))
            Assert.Equal(503, (int)ready.StatusCode);
        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));
        Assert.False(running.IsCompleted);
        Assert.False(stopping.IsCompleted);

        totals.Go.SetResult();
        Assert.Equal("7", (await running).Text("totals.bags"));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task A_request_that_never_ends_does_not_keep_the_host()
    {
        var totals = new HeldTotals();
        await using var host = await RunningHost.StartAsync(
            services => services.AddSingleton<ITotalsStore>(totals), ("Server:DrainTimeout", "00:00:00.1"));
        var token = await host.LogInAsync("Ada");
        var running = host.AskAsync(token, "{ totals { bags } }");
        await totals.Reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await host.App.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains(host.Logs.All, log => log.Id == 4007);
        totals.Go.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => running);
    }

    /// <summary>Answers when it is told to, whatever it is cancelled by.</summary>
    private sealed class HeldTotals : ITotalsStore
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Go.Task;
            return new() { Bags = 7 };
        }

        public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
