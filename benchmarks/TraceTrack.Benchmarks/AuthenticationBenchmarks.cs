using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Users;

namespace TraceTrack.Benchmarks;

/// <summary>What does it cost to know who asks: verify a password each time, or look up the session of a token?</summary>
[MemoryDiagnoser]
public class AuthenticationBenchmarks
{
    private readonly PasswordHasher<string> _hasher = new();
    private ServiceProvider _services = null!;
    private IUsers _users = null!;
    private string _hash = "";
    private string _token = "";

    [GlobalSetup]
    public async Task LogInAsync()
    {
        _hash = _hasher.HashPassword("ada", "correct horse");
        var services = new ServiceCollection();
        services.AddTraceTrack().UseInMemory().UseCaching();
        _services = services.BuildServiceProvider();
        _users = _services.GetRequiredService<ITraceTrack>().As(Actor.System).Users;
        var ada = await _users.CreateAsync(new("ada", UserRole.Biller, null, _hash));
        _token = (await _users.StartSessionAsync(ada.Id)).Token;
        if (VerifyPassword() == PasswordVerificationResult.Failed || (await FindSession())?.User.Name != "ada")
            throw new InvalidOperationException("Ada is not known.");
    }

    [GlobalCleanup]
    public ValueTask CloseAsync() => _services.DisposeAsync();

    [Benchmark(Baseline = true)]
    public PasswordVerificationResult VerifyPassword() => _hasher.VerifyHashedPassword("ada", _hash, "correct horse");

    [Benchmark]
    public ValueTask<LoginSession?> FindSession() => _users.FindSessionAsync(_token);
}
