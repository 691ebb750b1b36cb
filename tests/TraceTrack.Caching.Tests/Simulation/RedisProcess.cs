using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using TraceTrack.LocalServices;

namespace TraceTrack.Caching.Simulation;

/// <summary>A redis-server of a test's own, that may be killed, stopped and started again on the same port.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly string _binary;
    private readonly string _folder = Directory.CreateTempSubdirectory("tracetrack-redis-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;
    private ConnectionMultiplexer? _admin;

    private RedisProcess(string binary) => _binary = binary;

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Visibly skipped where there is no binary; in CI that is a failure.</summary>
    public static async Task<RedisProcess> StartNewAsync()
    {
        var binary = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin").Append("/usr/local/bin").Append("/opt/homebrew/bin")
            .SelectMany(folder => new[] { Path.Combine(folder, "redis-server"), Path.Combine(folder, "valkey-server") }).FirstOrDefault(File.Exists);
        if (binary is null || OperatingSystem.IsWindows())
        {
            var missing = "There is no redis-server to be killed on this computer. " + LocalServicesAdvice.InstallRedis;
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var redis = new RedisProcess(binary);
        await redis.StartAsync(isRestored: false);
        return redis;
    }

    /// <param name="isRestored">With what was saved last; otherwise with nothing.</param>
    public async Task StartAsync(bool isRestored)
    {
        if (!isRestored)
            File.Delete(Path.Combine(_folder, "dump.rdb"));
        var start = new ProcessStartInfo(_binary) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var argument in new[] { "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--logfile", "server.log" })
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _admin ??= await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true,abortConnect=false,connectRetry=10");
        await Eventually.HoldsAsync(async () => await TryAsync("PING"));
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The process stands still: connections stay, and nothing is answered.</summary>
    public void Freeze() => Signal("-STOP");

    public void Thaw() => Signal("-CONT");

    /// <returns>False when it could not be said, such as when the connection broke meanwhile.</returns>
    public async Task<bool> TryAsync(string command, params object[] arguments)
    {
        try
        {
            await _admin!.GetDatabase().ExecuteAsync(command, arguments).WaitAsync(TimeSpan.FromSeconds(5));
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Thaw();
            Kill();
        }

        if (_admin is not null)
            await _admin.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
