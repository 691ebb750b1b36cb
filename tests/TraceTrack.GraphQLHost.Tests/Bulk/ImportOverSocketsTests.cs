using System.Net;
using System.Text;
using GraphQLHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Bulk;

/// <summary>What only a real server does: it has a limit of its own, and clients hang up.</summary>
public sealed class ImportOverSocketsTests
{
    [Fact]
    public async Task A_file_may_be_larger_than_what_the_server_allows_other_requests()
    {
        await using var app = await StartAsync();
        using var client = await LogInAsync(app);
        var row = $"C0001,{new string('x', 60_000)}\n";
        using var body = new StringContent("qr,area\n" + string.Concat(Enumerable.Repeat(row, 600)), Encoding.UTF8, "text/csv");
        Assert.True(body.Headers.ContentLength > 30_000_000);
        using var response = await client.PostAsync("/import", body);
        var answer = new Answer((int)response.StatusCode, null, await response.Content.ReadAsStringAsync());
        Assert.Equal((200, 600), (answer.Status, answer.Report.GetProperty("rejected").GetInt32()));
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_import()
    {
        var importer = new Watched();
        await using var app = await StartAsync(importer);
        using var client = await LogInAsync(app);
        using var away = new CancellationTokenSource();
        using var body = new Unending();
        var sending = client.PostAsync("/import", body, away.Token);
        await importer.Began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.IsNotType<TimeoutException>(await Record.ExceptionAsync(() => importer.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30))));
        Assert.True(importer.Ended.Task.IsFaulted || importer.Ended.Task.IsCanceled);
    }

    private static async Task<WebApplication> StartAsync(IBagImporter? importer = null)
    {
        var app = HostApplication.Build(new HostSettings
        {
            Urls = "http://127.0.0.1:0",
            Configure = builder =>
            {
                if (importer is not null)
                    builder.Services.AddSingleton(importer);
            },
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpClient> LogInAsync(WebApplication app)
    {
        var users = app.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Users;
        var user = await users.CreateAsync(new("Bill", UserRole.Biller, null, "hash"));
        var ticket = await users.StartSessionAsync(user.Id);
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ticket.Token);
        return client;
    }

    /// <summary>Tells when the first row came, and how it ended.</summary>
    private sealed class Watched : IBagImporter
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<ImportReport> ImportAsync(
            IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var _ in rows.WithCancellation(cancellationToken))
                    Began.TrySetResult();
                Ended.TrySetResult();
                throw new InvalidOperationException("The body never ends.");
            }
            catch (Exception error)
            {
                Ended.TrySetException(error);
                throw;
            }
        }

        public ValueTask<ImportReport> ImportScansAsync(
            IAsyncEnumerable<Scan> scans, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<ImportReport>> ListAsync(Slice<long> slice, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<RowResult>> ListResultsAsync(Guid importId, Slice<long> slice, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>Sends some rows and then nothing, without an end.</summary>
    private sealed class Unending : HttpContent
    {
        public Unending() => Headers.ContentType = new("text/csv");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes("qr\n" + string.Concat(Enumerable.Repeat("C0001\n", 50_000))), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
