using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TraceTrack.LoadTest.Host;

/// <summary>A server that is measured: a process of its own, which says where it listens and is ended with a signal.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private const string Ready = "Ready: ";
    private const int LastLines = 30;

    // Filling a large store comes before being ready.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MeasuredServer(Process process) => _process = process;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public int ProcessId => _process.Id;

    /// <param name="dll">Run by the .NET host that runs this.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="say">Hears of each line while it starts; null for none.</param>
    /// <param name="cancellation">Cancels the start.</param>
    public static async Task<MeasuredServer> StartAsync(
        string dll, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string>? say, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var server = new MeasuredServer(Process.Start(start)!);
        server._process.OutputDataReceived += (_, line) => server.Hear(line.Data, say);
        server._process.ErrorDataReceived += (_, line) => server.Hear(line.Data, say);
        server._process.EnableRaisingEvents = true;
        server._process.Exited += (_, _) => server._ready.TrySetException(new InvalidOperationException($"{Path.GetFileName(dll)} ended."));
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            server.Address = await server._ready.Task.WaitAsync(LongestStart, cancellation);
            return server;
        }
        catch (Exception error)
        {
            await server.DisposeAsync();
            throw error is OperationCanceledException ? error : new InvalidOperationException($"{error.Message}\n{server.Lines}", error);
        }
    }

    /// <summary>What it printed last, for who wants to know why it failed.</summary>
    public string Lines => string.Join('\n', _lines);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await TellToStopAsync();
            using var limit = new CancellationTokenSource(LongestStop);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    // .NET itself can only kill.
    private async Task TellToStopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
            return;
        }

        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Hear(string? line, Action<string>? say)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (_lines.Count > LastLines)
            _lines.TryDequeue(out _);
        if (line.StartsWith(Ready, StringComparison.Ordinal))
            _ready.TrySetResult(new(line[Ready.Length..]));
        else if (!_ready.Task.IsCompleted)
            say?.Invoke(line);
    }
}
