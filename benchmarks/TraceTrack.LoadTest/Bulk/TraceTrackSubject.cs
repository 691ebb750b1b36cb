using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Imports;
using TraceTrack.Postgres;
using TraceTrack.Users;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>The library as an application uses it.</summary>
internal sealed class TraceTrackSubject(BulkServer server, BulkRows rows) : IBulkSubject, IAsyncDisposable
{
    private ServiceProvider? _services;

    public string Name => "tracetrack";

    public async Task PrepareAsync(string schema, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        var services = new ServiceCollection();
        services.AddTraceTrack().UsePostgres(server.Source, options => options.SchemaName = schema);
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
    }

    public async Task<string> LoadAsync(string schema, CancellationToken cancellationToken)
    {
        var phases = new Phases();
        var report = await _services!.GetRequiredService<ITraceTrack>().As(Actor.System).Imports
            .ImportAsync(rows.StreamAsync(), new ImportOptions(), phases, cancellationToken);
        if (report.RejectedRows != 0 || report.Parents != rows.Parents || report.Linked != rows.Children)
            throw new InvalidOperationException($"The import is not whole: {report}");
        return string.Create(CultureInfo.InvariantCulture, $"copy {phases.Copy.TotalSeconds:0.00}, checks and indexes {phases.Rest.TotalSeconds:0.00}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
    }

    private sealed class Phases : IProgress<ImportProgress>
    {
        public TimeSpan Copy { get; private set; }

        public TimeSpan Rest { get; private set; }

        public void Report(ImportProgress value)
        {
            if (value.Phase == ImportPhase.Checking)
                Copy = value.Elapsed;
            if (value.Phase == ImportPhase.Done)
                Rest = value.Elapsed - Copy;
        }
    }
}
