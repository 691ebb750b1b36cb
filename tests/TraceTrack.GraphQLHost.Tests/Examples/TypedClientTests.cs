using TraceTrack.Examples;
using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.Examples;

public sealed class TypedClientTests
{
    [Fact]
    public async Task The_typed_client_logs_in_records_a_scan_and_reads_the_bag()
    {
        await using var host = await RunningHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Client.BaseAddress };
        var client = new TypedClient(http);
        await client.LogInAsync("Bill", RunningHost.Password);
        Assert.Equal(new("RECORDED", null, null), await client.LinkAsync(Guid.CreateVersion7(), "cb1", "sb1"));
        Assert.Equal(new("REJECTED", "LINKED_ELSEWHERE", "SB1"), await client.LinkAsync(Guid.CreateVersion7(), "CB1", "SB2"));
        var bag = await client.FindBagAsync("CB1");
        Assert.Equal(("CB1", "LINKED", 1m, new ParentView("SB1", 1)), (bag!.Qr, bag.Status, bag.WeightKg, bag.Parent));
        Assert.Null(await client.FindBagAsync("CB9"));
    }

    [Fact]
    public async Task An_error_is_thrown_with_its_code()
    {
        await using var host = await RunningHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Client.BaseAddress };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new TypedClient(http).LogInAsync("Bill", "wrong password"));
        Assert.StartsWith("LOGIN_FAILED: ", error.Message, StringComparison.Ordinal);
    }
}
