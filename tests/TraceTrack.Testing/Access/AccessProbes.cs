using System.Text;
using TraceTrack.Bags;
using TraceTrack.Exports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing.Access;

/// <summary>What a try came to, in the matrix's words; and the tries that take more than one call.</summary>
internal static class AccessProbes
{
    public static string Seen(bool seen) => seen ? AccessMatrix.Yes : AccessMatrix.Nothing;

    public static string Done(DeleteResult result) => result.Rejection?.ToString() ?? AccessMatrix.Yes;

    public static string Done(ScanResult result) => result.Rejection?.ToString() ?? AccessMatrix.Yes;

    public static async Task<string> Done(ValueTask act)
    {
        await act;
        return AccessMatrix.Yes;
    }

    public static async Task<string> AnswerAsync(Func<Task<string>> act)
    {
        try
        {
            return await act();
        }
        catch (NotAllowedException)
        {
            return AccessMatrix.Refused;
        }
    }

    public static DateTimeOffset Later() => TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1);

    public static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>A scan of the same person's, made when everything was allowed: what binds an Undo are the role and area of now.</summary>
    public static async Task EarlierAsync(AccessScene scene, bool bill)
    {
        await scene.BillAsync(loaded: false);
        var earlier = scene.Warehouse.Door.As(new(scene.Actor.Id, UserRole.Admin, scene.Owner.Area));
        Warehouse.Recorded(await earlier.Scans.RecordAsync(bill
            ? RecordScan.Load(ScanId.New(), scene.Parent, scene.Bill)
            : RecordScan.Unlink(ScanId.New(), scene.Child)));
    }

    public static async Task<string> SessionAsync(AccessScene scene) =>
        (await scene.System.Users.StartSessionAsync((await scene.UserAsync("another")).Id)).Token;

    public static async Task<Guid> RejectedRowAsync(AccessScene scene)
    {
        var report = await scene.Warehouse.ImportAsync(new Imports.BagRow("x!"));
        return report.ImportId;
    }

    /// <summary>What the application sees of the feed, and whether the actor sees the same scan there.</summary>
    public static async Task<string> FeedAsync(AccessScene scene)
    {
        for (EventPosition? position = null; ;)
        {
            var page = await scene.System.Scans.ReadAfterAsync(position, ScanFeedPage.MaxSize);
            if (page.Events.Any(e => e.Scan.Qr == scene.Child))
                return Seen((await scene.By.Scans.ReadAfterAsync(position, ScanFeedPage.MaxSize)).Events.Any(e => e.Scan.Qr == scene.Child));
            // What another test's open transaction holds back comes when that has ended.
            if (!page.HasMore)
                await Task.Delay(20);
            position = page.Position;
        }
    }

    /// <summary>What the application has read, and the actor may see of it.</summary>
    public static async Task<string> ShownAsync(AccessScene scene)
    {
        var scan = (await scene.System.Scans.ListAsync(new() { Qr = scene.Child }, Paging.PageRequest.First())).Items[0];
        return Seen((await scene.By.Scans.ShowAsync([new(default, scan)])).Count == 1);
    }

    public static async Task<string> ExportAsync(AccessScene scene)
    {
        using var destination = new MemoryStream();
        var count = await scene.By.Exports.ExportAsync(new() { Parent = scene.Parent }, ExportFormat.Csv, destination);
        var holds = Encoding.UTF8.GetString(destination.ToArray()).Contains(scene.Child.Value, StringComparison.Ordinal);
        Assert.Equal(count == 1, holds);
        return Seen(holds);
    }
}
