using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TraceTrack.LocalServices;

/// <summary>A server in a folder of ours. Whoever holds the folder's lock owns and stops it, the others share it.</summary>
internal sealed class PrivatePostgres
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DataFolder _folder;
    private readonly IReadOnlyList<PostgresBinaries> _candidates;
    private readonly LocalServicesOptions _options;
    private readonly ILogger _logger;

    private OwnerLock? _lock;
    private PostgresServer? _server;

    private PrivatePostgres(DataFolder folder, IReadOnlyList<PostgresBinaries> candidates, LocalServicesOptions options, ILogger logger)
    {
        _folder = folder;
        _candidates = candidates;
        _options = options;
        _logger = logger;
    }

    public string ConnectionString { get; private set; } = "";

    public string Description { get; private set; } = "";

    public bool Owned => _lock is not null;

    public string BinaryFolder => _server?.BinaryFolder ?? _candidates[0].Folder;

    public string LogFile => _folder.LogFile;

    public static async Task<PrivatePostgres> OpenAsync(
        IReadOnlyList<PostgresBinaries> candidates, ServiceUser? user, LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var path = ServicePlaces.Folder(options, "postgres");
        await ServiceFolder.PrepareAsync(path, user, cancellationToken);
        if (options.Ephemeral)
        {
            await EphemeralFolders.SweepAsync(path, left => new PostgresServer(new DataFolder(left, user), candidates[0], options, logger).StopAsync());
            path = EphemeralFolders.NewPath(path);
            await ServiceFolder.PrepareAsync(path, user, cancellationToken);
        }

        var postgres = new PrivatePostgres(new DataFolder(path, user), candidates, options, logger);
        await postgres.OwnOrShareAsync(cancellationToken);
        return postgres;
    }

    public async Task CloseAsync()
    {
        if (_lock is null)
        {
            return;
        }

        if (_server is not null)
        {
            await _server.StopAsync();
        }

        if (_options.Ephemeral)
        {
            EphemeralFolders.Delete(_folder.Root);
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
            _lock = OwnerLock.TryTake(_folder.Root);
            if (_lock is not null)
            {
                await OwnAsync(cancellationToken);
                return;
            }

            // The owner may still be setting it up, or be just about to stop it; then the lock is free soon.
            if (await TryShareAsync(cancellationToken))
            {
                return;
            }

            await Task.Delay(Pause, _options.TimeProvider, cancellationToken);
        }
        while (_options.TimeProvider.GetElapsedTime(began) < _options.Timeout);

        throw new LocalServiceException(
            $"Another process holds {_folder.Root}, but its PostgreSQL does not answer.{ServerLog.Tail(_folder.LogFile)}");
    }

    private async Task OwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            var binaries = await _folder.PrepareAsync(_candidates, _options.Ephemeral, _logger, cancellationToken);
            _server = new PostgresServer(_folder, binaries, _options, _logger);
            var adopted = await TryAdoptAsync(cancellationToken);
            var port = adopted ?? await _server.StartAsync(cancellationToken);
            var password = _folder.Password() ?? throw new LocalServiceException($"{_folder.Root} was deleted while in use.");
            await PostgresProbe.EnsureDatabaseAsync(port, password, cancellationToken);
            Use(port, password, adopted is null ? "started" : "taken over from an earlier process");
        }
        catch (NpgsqlException exception)
        {
            await CloseAsync();
            throw new LocalServiceException(
                $"PostgreSQL started in {_folder.Root} but does not serve: {exception.Message}{ServerLog.Tail(_folder.LogFile)}", exception);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    private async Task<bool> TryShareAsync(CancellationToken cancellationToken)
    {
        if (_folder.Password() is not { } password
            || PostmasterFile.Read(_folder.Data) is not { Ready: true } running
            || !await PostgresProbe.AnswersAsync(running.Port, password, PostgresProbe.Database, cancellationToken))
        {
            return false;
        }

        Log.Sharing(_logger, _folder.Root);
        Use(running.Port, password, "shared with the process that started it");
        return true;
    }

    /// <returns>The port of a server that an ended process left running; null when there is none (any more).</returns>
    private async Task<int?> TryAdoptAsync(CancellationToken cancellationToken)
    {
        var began = _options.TimeProvider.GetTimestamp();
        while (PostmasterFile.Read(_folder.Data) is { } left)
        {
            if (!left.IsAlive(_folder.Data))
            {
                // Removed here, because pg_ctl would take any process of that number for the server.
                File.Delete(PostmasterFile.PathIn(_folder.Data));
                return null;
            }

            if (left.Ready && await PostgresProbe.AnswersAsync(left.Port, _folder.Password()!, PostgresProbe.FirstDatabase, cancellationToken))
            {
                Log.Adopting(_logger, left.ProcessId);
                return left.Port;
            }

            if (_options.TimeProvider.GetElapsedTime(began) > _options.Timeout)
            {
                throw new LocalServiceException(
                    $"An earlier PostgreSQL (process {left.ProcessId.ToString(CultureInfo.InvariantCulture)}) runs in {_folder.Root} "
                    + $"but does not answer. End that process and start again.{ServerLog.Tail(_folder.LogFile)}");
            }

            await Task.Delay(Pause, _options.TimeProvider, cancellationToken);
        }

        return null;
    }

    private void Use(int port, string password, string how)
    {
        ConnectionString = PostgresProbe.ConnectionString(port, password);
        Description = string.Create(
            CultureInfo.InvariantCulture, $"private PostgreSQL of {BinaryFolder} on 127.0.0.1:{port}, data in {_folder.Root} ({how})");
    }
}
