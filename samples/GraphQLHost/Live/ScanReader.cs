using System.Threading.Channels;
using GraphQLHost.Engines;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace GraphQLHost.Live;

/// <summary>What one subscriber wants of the feed, and the scans that wait for it.</summary>
internal sealed class ScanReader(LiveStream stream, ScanWish wish, int capacity)
{
    private readonly Channel<ScanEvent> _waiting = Channel.CreateBounded<ScanEvent>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private volatile bool _isOverrun;

    public Actor Actor => stream.Actor!;

    /// <summary>What comes at or before it, the subscriber has got otherwise.</summary>
    public EventPosition From { get; set; }

    /// <summary>True when more came than may wait. What waits is then of no use: the subscriber reads it anew.</summary>
    public bool IsOverrun => _isOverrun;

    /// <summary>Never waits: one who reads slowly holds up nobody else.</summary>
    public void Offer(IReadOnlyList<ScanEvent> events)
    {
        var actor = Actor;
        foreach (var happened in events)
        {
            if (happened.Position <= From || !wish.Allows(happened.Scan, actor) || _waiting.Writer.TryWrite(happened))
                continue;
            _isOverrun = true;
            _waiting.Writer.TryComplete();
            return;
        }
    }

    public void Fail(Exception error) => _waiting.Writer.TryComplete(error);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead(out ScanEvent happened) => _waiting.Reader.TryRead(out happened!);
}

/// <summary>Which scans a subscriber wants.</summary>
/// <param name="Area">Of this area only; null for all that the subscriber may see.</param>
/// <param name="User">By this user, or other actor, only; null for all.</param>
internal sealed record ScanWish(string? Area, string? User)
{
    public bool Allows(Scan scan, Actor actor) =>
        AccessRules.ReadScope(actor).Allows(scan.Area) && (Area is null || scan.Area == Area) && (User is null || scan.ActorId == User);
}
