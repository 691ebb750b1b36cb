namespace TraceTrack.Caching;

/// <summary>For what another process, or work in the background, will do soon.</summary>
internal static class Eventually
{
    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var deadline = Environment.TickCount64 + 20_000; !await condition(); await Task.Delay(5))
            Assert.True(Environment.TickCount64 < deadline, "It did not come to hold within 20 seconds.");
    }
}
