namespace TraceTrack.Testing.Order;

/// <summary>
/// Guesses at which moment each call took effect, to search near the truth first: the time under the lock where the answer tells it, else the time of
/// the rows it shows. A wrong guess costs time and proves nothing.
/// </summary>
internal sealed class CallTimes
{
    private readonly Dictionary<(string Name, long Version), DateTimeOffset> _firstShown = [];
    private readonly Dictionary<string, SortedDictionary<long, (DateTimeOffset First, DateTimeOffset Last)>> _lives = [];

    private readonly Dictionary<Call, DateTimeOffset> _notBefore = [];

    public CallTimes(IReadOnlyList<Call> calls)
    {
        foreach (var call in calls)
        {
            if (call.Answer.At is not { } at)
                continue;
            foreach (var row in call.Answer.Rows)
            {
                var key = (row.Name, row.Version);
                _firstShown[key] = _firstShown.TryGetValue(key, out var first) && first < at ? first : at;
                if (!_lives.TryGetValue(row.Name, out var lives))
                    _lives.Add(row.Name, lives = []);
                lives[row.Id] = lives.TryGetValue(row.Id, out var life) ? (Earlier(life.First, at), Later(life.Last, at)) : (at, at);
            }
        }

        var showing = calls.Where(call => call.Answer.At is not null)
            .SelectMany(call => call.Answer.Rows.Select(row => (Call: call, row.Name, row.Version))).ToLookup(shown => shown.Name);
        var deleting = calls.SelectMany(call => call.Answer.Deleted.Select(name => (Call: call, Name: name))).ToLookup(deleted => deleted.Name, deleted => deleted.Call);
        foreach (var call in calls)
        {
            // What was deleted meanwhile may have been seen before.
            foreach (var name in call.Answer.Absent)
            {
                Delay(
                    showing[name].Select(shown => shown.Call)
                        .Where(writer => !deleting[name].Any(deletion => deletion.Invoked < call.Returned && deletion.Returned > writer.Invoked)),
                    call);
            }

            foreach (var row in call.Answer.IsRead ? call.Answer.Rows : [])
                Delay(showing[row.Name].Where(shown => shown.Version > row.Version).Select(shown => shown.Call), call);
        }
    }

    /// <summary>Who locks sees what was committed; who does not saw nothing of what these had locked already, so they committed later than it came.</summary>
    private void Delay(IEnumerable<Call> writers, Call reader)
    {
        foreach (var writer in writers)
        {
            if (writer.Answer.At < reader.Invoked && writer.Returned > reader.Invoked && writer != reader)
                _notBefore[writer] = Later(_notBefore.GetValueOrDefault(writer), reader.Invoked.AddTicks(2));
        }
    }

    public DateTimeOffset Of(Call call)
    {
        if (call.Answer.At is { } at)
            return Later(at, _notBefore.GetValueOrDefault(call));
        // What reads, or found nothing, may have been first of all.
        if (call.Answer.Absent.Count > 0 && call.Answer.Deleted.Count == 0)
            return call.Invoked;
        var from = call.Answer.Deleted.Count > 0
            ? call.Answer.Deleted.Select(code => EndOfLife(code, call.Invoked)).Max()
            : call.Answer.Rows.Select(row => _firstShown.GetValueOrDefault((row.Name, row.Version))).DefaultIfEmpty().Max();
        if (from == default)
            return call.Invoked + ((call.Returned - call.Invoked) / 2);
        return Earlier(Later(from.AddTicks(1), call.Invoked), call.Returned);
    }

    /// <summary>When the bag was last seen that a deletion, invoked then, may have ended: the first one whose successor came later.</summary>
    private DateTimeOffset EndOfLife(string code, DateTimeOffset invoked)
    {
        if (!_lives.TryGetValue(code, out var lives))
            return default;
        DateTimeOffset? last = null;
        foreach (var life in lives.Values)
        {
            if (last is not null && life.First >= invoked)
                break;
            last = life.Last;
        }

        return last ?? default;
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
