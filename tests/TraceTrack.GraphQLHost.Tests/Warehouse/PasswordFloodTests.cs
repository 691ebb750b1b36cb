using GraphQLHost.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

/// <summary>A crowd that logs in waits for itself.</summary>
public sealed class PasswordFloodTests : IAsyncLifetime
{
    private const int AtOnce = 2;
    private const int Waiting = 3;

    private readonly SlowHasher _hasher = new();
    private WarehouseHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await WarehouseHost.StartAsync(services: services => services
        .AddSingleton(new PasswordLimits { Concurrency = AtOnce, Queue = Waiting })
        .AddSingleton<IPasswordHasher<User>>(_hasher));

    [Fact]
    public async Task No_more_than_the_limit_are_verified_at_once_and_the_excess_is_refused_while_scans_go_on()
    {
        var admin = await _host.LogInAsync("Ada");
        var scanner = await _host.LogInAsync("Dora");
        _hasher.Hold();
        const int All = 12;
        var crowd = Enumerable.Range(0, All).Select(i => LogInAsync(i % 2 == 0 ? "Dora" : "Nobody")).ToList();
        var refused = new List<Reply>();
        while (refused.Count < All - AtOnce - Waiting)
        {
            // While the hasher holds, nobody but the refused gets an answer.
            var first = await Task.WhenAny(crowd);
            crowd.Remove(first);
            refused.Add(await first);
        }

        Assert.All(refused, reply => Assert.Equal((200, "LOGIN_BUSY"), (reply.Status, reply.Code)));
        await _hasher.ReachedAsync(AtOnce);
        // Every other use of the hasher is behind the same limit.
        Assert.Equal("LOGIN_BUSY", (await _host.AskAsync(admin, """mutation { createUser(input: { userName: "new", password: "long enough", role: BILLER }) { user { id } } }""")).Code);
        Assert.Equal("LOGIN_BUSY", (await _host.AskAsync(admin, """mutation { setPassword(input: { id: "1", password: "long enough" }) { user { id } } }""")).Code);
        Assert.Equal("LOGIN_BUSY", (await _host.AskAsync(admin, """mutation { changePassword(input: { currentPassword: "x", newPassword: "long enough" }) { user { id } } }""")).Code);
        Assert.Equal("RECORDED", (await _host.ScanAsync(scanner, "OBSERVE", "C0001")).Text("recordScan.outcome"));
        Assert.All(crowd, waiting => Assert.False(waiting.IsCompleted));
        _hasher.Release();
        var answers = await Task.WhenAll(crowd);
        Assert.Equal(AtOnce + Waiting, answers.Length);
        Assert.All(answers, reply => Assert.True(reply.Code is null or "LOGIN_FAILED", reply.Json.GetRawText()));
        Assert.Equal(AtOnce, _hasher.Most);
    }

    [Fact]
    public async Task An_unknown_name_is_verified_as_a_known_one_is()
    {
        var before = _hasher.Verified;
        Assert.Equal("LOGIN_FAILED", (await LogInAsync("Nobody")).Code);
        Assert.Equal(before + 1, _hasher.Verified);
        Assert.Null((await LogInAsync("Dora")).Code);
        Assert.Equal(before + 2, _hasher.Verified);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _hasher.Dispose();
    }

    private Task<Reply> LogInAsync(string name) => _host.AskAsync(
        null, "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token } }", new { n = name, p = WarehouseHost.Password });

    /// <summary>Counts, and holds every verification until it is told to go on.</summary>
    private sealed class SlowHasher : IPasswordHasher<User>, IDisposable
    {
        private readonly ManualResetEventSlim _open = new(initialState: true);
        private readonly Lock _lock = new();
        private int _running;

        public int Most { get; private set; }

        public int Verified { get; private set; }

        public void Hold() => _open.Reset();

        public void Release() => _open.Set();

        public void Dispose() => _open.Dispose();

        public async Task ReachedAsync(int count)
        {
            while (Volatile.Read(ref _running) < count)
                await Task.Delay(5);
        }

        public string HashPassword(User user, string password) => "hash of " + password;

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            lock (_lock)
            {
                Verified++;
                Most = Math.Max(Most, ++_running);
            }

            _open.Wait();
            lock (_lock)
                _running--;
            return hashedPassword == HashPassword(user, providedPassword) ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
        }
    }
}
