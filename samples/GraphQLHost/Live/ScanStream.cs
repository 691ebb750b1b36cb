using System.Globalization;
using System.Runtime.CompilerServices;
using GraphQLHost.Engines;
using TraceTrack;
using TraceTrack.Scans;

namespace GraphQLHost.Live;

/// <summary>The scans of one subscription: first those that the log holds after the subscriber's position, then those that come.</summary>
internal sealed class ScanStream(LiveFeed feed, ITraceTrack traceTrack, LiveSettings settings, LiveStream stream, ScanWish wish)
{
    private const int PageSize = 500;

    public async IAsyncEnumerable<ScanEvent> FollowAsync(EventPosition after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = after;
        var reader = new ScanReader(stream, wish, settings.Buffer);
        try
        {
            for (var isJoined = false; !isJoined;)
            {
                // Known before the page is read, so that a page without more has reached it too.
                var told = feed.Position;
                var page = await traceTrack.As(stream.Actor!).Scans.ReadAfterAsync(last, PageSize, cancellationToken);
                foreach (var happened in page.Events.Where(happened => wish.Allows(happened.Scan, stream.Actor!)))
                {
                    yield return happened;
                    last = happened.Position;
                }

                last = page.Position ?? last;
                if (page.HasMore)
                    continue;
                if (told > last)
                    last = told.Value;
                isJoined = feed.TryJoin(reader, last);
            }

            while (await reader.WaitAsync(cancellationToken))
            {
                while (!reader.IsOverrun && reader.TryRead(out var happened))
                {
                    // The subscriber may have become somebody else since it was put here.
                    if (!wish.Allows(happened.Scan, stream.Actor!))
                        continue;
                    yield return happened;
                    last = happened.Position;
                }

                if (reader.IsOverrun)
                    break;
            }

            if (reader.IsOverrun)
                throw Overrun(last);
        }
        finally
        {
            feed.Leave(reader);
        }
    }

    private GraphQLErrorException Overrun(EventPosition last) => new(new GraphQLError(
        HostErrorCodes.ResumeRequired,
        string.Create(CultureInfo.InvariantCulture, $"More than {settings.Buffer} scans wait to be read. Subscribe again after the last event: nothing is lost."),
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["eventId"] = last.ToString() }));
}
