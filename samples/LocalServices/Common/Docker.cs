using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging;

namespace TraceTrack.LocalServices;

/// <summary>Runs a container through Testcontainers. Unverified: nobody has run this path yet.</summary>
internal static class Docker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Null when Docker is absent or does not answer.</returns>
    public static async Task<TContainer?> StartAsync<TContainer>(
        string service, Func<TContainer> build, LocalServicesOptions options, ILogger logger, CancellationToken cancellationToken)
        where TContainer : class, IContainer
    {
        if (!options.AllowDocker || !await AnswersAsync(options, cancellationToken))
        {
            return null;
        }

        Log.StartingContainer(logger, service);
        TContainer? container = null;
        try
        {
            container = build();
            await container.StartAsync(cancellationToken);
            return container;
        }
        catch (DockerUnavailableException exception)
        {
            Log.Unusable(logger, "Docker", exception.Message);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (container is not null)
            {
                await container.DisposeAsync();
            }

            throw new LocalServiceException($"{service} did not start in a container: {exception.Message}", exception);
        }
    }

    // Asked through the command line first, because it says no at once where Testcontainers tries one way after another.
    private static async Task<bool> AnswersAsync(LocalServicesOptions options, CancellationToken cancellationToken)
    {
        if (Executables.OnPath("docker") is not { } docker)
        {
            return false;
        }

        using var patience = new CancellationTokenSource(Patience, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var result = await Command.RunAsync(
                docker, ["version", "--format", "{{.Server.Version}}"], Path.GetTempPath(), cancellationToken: both.Token);
            return result.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
