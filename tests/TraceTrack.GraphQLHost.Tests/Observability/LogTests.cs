using Microsoft.Extensions.DependencyInjection;
using TraceTrack.GraphQLHost.Tests.Server;
using TraceTrack.Scans;

namespace TraceTrack.GraphQLHost.Tests.Observability;

public sealed class LogTests
{
    [Fact]
    public async Task A_slow_operation_is_named_and_nothing_of_its_values_is()
    {
        await using var host = await RunningHost.StartAsync(("Observability:SlowOperation", "00:00:00.0000001"));
        var token = await host.LogInAsync("Ada");
        await host.AskAsync(token, "query FindBag($qr: String!) { bag(qr: $qr) { qr } }", new { qr = "SECRET-1" });
        await host.AskAsync(token, """{ b: bag(qr: "SECRET-2") { qr } me { id } }""");
        await host.AskAsync(token, $"query {new string('x', 500)} {{ me {{ id }} }}");
        var slow = host.Logs.All.Where(log => log.Id == 4005).Select(log => log.Text).ToArray();
        Assert.Contains(slow, text => text.StartsWith("Slow query FindBag: done after ", StringComparison.Ordinal));
        Assert.Contains(slow, text => text.StartsWith("Slow query { bag me }: done after ", StringComparison.Ordinal));
        Assert.Contains(slow, text => text.StartsWith($"Slow query {new string('x', 64)}…: done after ", StringComparison.Ordinal));
        Assert.All(slow, text => Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal));
        Assert.All(host.Logs.All.Where(log => log.Id == 4005), log => Assert.Contains(log.Scopes, scope => scope.StartsWith("RequestId:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Other_operations_are_not_named()
    {
        await using var host = await RunningHost.StartAsync(("Observability:SlowOperation", "00:00:00"));
        await host.AskAsync(await host.LogInAsync("Ada"), "{ me { id } }");
        Assert.DoesNotContain(host.Logs.All, log => log.Id == 4005);
    }

    [Theory]
    [InlineData("""mutation { recordScan(input: { scanId: "0199c1de-0000-7000-8000-000000000001", action: OBSERVE, qr: "C0001" }) { outcome } }""", "ScanId:0199c1de-0000-7000-8000-000000000001")]
    [InlineData("""mutation { recordScans(scans: [{ scanId: "0199c1de-0000-7000-8000-000000000002", action: OBSERVE, qr: "C0001" }, { scanId: "0199c1de-0000-7000-8000-000000000003", action: OBSERVE, qr: "C0002" }]) { recorded } }""", "ScanId:0199c1de-0000-7000-8000-000000000002 and 1 more")]
    public async Task What_is_logged_of_a_scan_has_its_id_and_the_request_s(string mutation, string scope)
    {
        await using var host = await RunningHost.StartAsync(services => services.AddSingleton(BrokenScans.Create()));
        Assert.Equal("INTERNAL", (await host.AskAsync(await host.LogInAsync("Ada"), mutation)).Code);
        var log = Assert.Single(host.Logs.All, log => log.Id == 4001);
        Assert.Contains(scope, log.Scopes);
        Assert.Contains(log.Scopes, one => one.StartsWith("RequestId:", StringComparison.Ordinal));
    }

    /// <summary>Made while the tests run, since only that it fails matters. Public and open for that.</summary>
    public class BrokenScans : System.Reflection.DispatchProxy
    {
        public static IScanStore Create() => Create<IScanStore, BrokenScans>();

        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args) => throw new IOException("The server is gone.");
    }
}
