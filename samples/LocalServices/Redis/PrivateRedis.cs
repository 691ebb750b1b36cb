using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace TraceTrack.LocalServices;

/// <summary>A Redis in a folder of ours, without persistence. Whoever holds the folder's lock owns and stops it, the others share it.</summary>
internal sealed class PrivateRedis
{
    private const int Attempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Starting takes milliseconds, and stopping has nothing to write.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly string _binary;
    private readonly ServiceUser? _user;
    private readonly LocalServicesOptions _options;
    private readonly ILogger _logger;

    private OwnerLock? _lock;
    private RedisSettings? _running;

    private PrivateRedis(string folder, string binary, ServiceUser? user, LocalServicesOptions options, ILogger logger)
    {
        _folder = folder;
        _binary = binary;
        _user = user;
        _options = options;
        _logger = logger;
    }

    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_running!.Port},password={_running.Password}");

    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"private {Path.GetFileName(_binary)} on 127.0.0.1:{_running!.Port}{(Owned ? "" : " (shared with the process that started it)")}");

    public bool Owned => _lock is not null;

    private string SettingsFile => Path.Combine(_folder, "redis.conf");

    private string LogFile => Path.Combine(_folder, "server.log");

    public static async Task<PrivateRedis> OpenAsync(
        string binary, ServiceUser? user, LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        PrivateRedis At(string path) => new(path, binary, user, options, logger);

        var folder = ServicePlaces.Folder(options, "redis");
        await ServiceFolder.PrepareAsync(folder, user, cancellationToken);
        if (options.Ephemeral)
        {
            await EphemeralFolders.SweepAsync(folder, left => At(left).StopLeftOverAsync());
            folder = EphemeralFolders.NewPath(folder);
            await ServiceFolder.PrepareAsync(folder, user, cancellationToken);
        }

        var redis = At(folder);
        await redis.OwnOrShareAsync(cancellationToken);
        return redis;
    }

    public async Task CloseAsync()
    {
        if (_lock is null)
        {
            return;
        }

        if (_running is not null && !await StopAsync(_running))
        {
            Log.StopFailed(_logger, "Redis", "it still answers");
        }

        if (_options.Ephemeral)
        {
            EphemeralFolders.Delete(_folder);
        }

        Abandon();
    }

    /// <summary>Leaves the server running and lets go of it, as the operating system does for a process that is killed.</summary>
    internal void Abandon()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private async Task OwnOrShareAsync(CancellationToken cancellationToken)
    {
        var began = _options.TimeProvider.GetTimestamp();
        do
        {
            _lock = OwnerLock.TryTake(_folder);
            if (_lock is not null)
            {
                await OwnAsync(cancellationToken);
                return;
            }

            if (RedisSettings.Read(SettingsFile) is { } running && await AnswersAsync(running, cancellationToken))
            {
                _running = running;
                return;
            }

            await Task.Delay(Pause, _options.TimeProvider, cancellationToken);
        }
        while (_options.TimeProvider.GetElapsedTime(began) < _options.Timeout);

        throw new LocalServiceException($"Another process holds {_folder}, but its Redis does not answer.{ServerLog.Tail(LogFile)}");
    }

    private async Task OwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StopLeftOverAsync();
            await StartAsync(cancellationToken);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    // Stopped rather than taken over: nothing says how long it has been missing what the other processes invalidated.
    private async Task StopLeftOverAsync()
    {
        if (RedisSettings.Read(SettingsFile) is not { } left || !await AnswersAsync(left, CancellationToken.None))
        {
            return;
        }

        if (!await StopAsync(left))
        {
            throw new LocalServiceException($"An earlier Redis runs in {_folder} and does not stop. End that process and start again.");
        }

        Log.StoppedOrphan(_logger, "Redis", _folder);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        ServerLog.Rotate(LogFile);
        for (var attempt = 1; ; attempt++)
        {
            var settings = new RedisSettings(FreePort.Find(preferred: null), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            await ServiceFolder.WriteSecretAsync(SettingsFile, settings.Text(_folder), _user, cancellationToken);
            var before = ServerLog.Length(LogFile);

            // Set before the server runs, so that one which starts while we are being cancelled is stopped as well.
            _running = settings;
            var result = await Command.RunAsync(_binary, [SettingsFile], _folder, _user, leavesServer: true, cancellationToken);
            if (result.ExitCode == 0 && await UntilAsync(answers: true, settings, cancellationToken))
            {
                return;
            }

            var reason = result.Output + ServerLog.Tail(LogFile, before);
            if (attempt == Attempts)
            {
                throw new LocalServiceException($"{_binary} did not start in {_folder}: {reason}");
            }

            Log.StartFailed(_logger, "Redis", attempt, reason);
        }
    }

    private async Task<bool> StopAsync(RedisSettings settings)
    {
        await RedisProbe.StopAsync(settings, _options.TimeProvider);
        return await UntilAsync(answers: false, settings, CancellationToken.None);
    }

    private async Task<bool> UntilAsync(bool answers, RedisSettings settings, CancellationToken cancellationToken)
    {
        var began = _options.TimeProvider.GetTimestamp();
        while (await AnswersAsync(settings, cancellationToken) != answers)
        {
            if (_options.TimeProvider.GetElapsedTime(began) > Patience)
            {
                return false;
            }

            await Task.Delay(Pause, _options.TimeProvider, cancellationToken);
        }

        return true;
    }

    private Task<bool> AnswersAsync(RedisSettings settings, CancellationToken cancellationToken) =>
        RedisProbe.AnswersAsync(settings, _options.TimeProvider, cancellationToken);
}
