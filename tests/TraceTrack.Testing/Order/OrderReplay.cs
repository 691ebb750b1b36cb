namespace TraceTrack.Testing.Order;

/// <summary>
/// Replays a history in the order that its answers tell, and compares every answer with the model's. A call that writes draws its time after it took all
/// its locks, so of two that concern the same rows the one that came later has the later time: nothing is to be guessed. That holds where all bags and bills exist
/// throughout, since what is absent takes no lock, and while the server's clock is not set back.
/// </summary>
/// <remarks>
/// What changed nothing (a repeat, a refused change of bills, a read) has no time. It must be right at some moment between its sending and its answer: one
/// at which every change that had been answered before it was sent is there, and none that was sent after it was answered.
/// </remarks>
/// <param name="calls">The history.</param>
/// <param name="options">The rules of the store, for the model.</param>
public sealed class OrderReplay(IReadOnlyList<Call> calls, Action<TraceTrackOptions> options)
{
    private readonly Call[] _placed =
        [.. calls.Where(call => call.Answer.At is not null).OrderBy(call => call.Answer.At).ThenBy(call => call.Answer.EventId)];

    /// <summary>How many calls had a time.</summary>
    public int Placed => _placed.Length;

    /// <summary>Replays.</summary>
    /// <returns>Null when all is as it must be; else what is not.</returns>
    public async Task<string?> RunAsync()
    {
        if (OutOfTime() is { } outOfTime)
            return outOfTime;
        using var model = new OrderModel(options);
        var waiting = calls.Where(call => call.Answer.At is null && !call.Answer.IsBusy)
            .Select(call => new Unplaced(call, _placed)).ToLookup(unplaced => unplaced.First);
        var open = new List<Unplaced>();
        for (var i = 0; i <= _placed.Length; i++)
        {
            foreach (var next in waiting[i])
            {
                await next.AskAsync(model, i - 1);
                open.Add(next);
            }

            if (Ended(open, i - 1) is { } wrong)
                return Report(wrong.Call, i, wrong.Difference!);
            if (i == _placed.Length)
                break;
            if (await model.DoAsync(_placed[i]) is { } difference)
                return Report(_placed[i], i, difference);
            foreach (var unplaced in open)
                await unplaced.AskAsync(model, i);
        }

        return null;
    }

    /// <summary>Drops those that are settled.</summary>
    /// <returns>One that was right at no moment; null for none.</returns>
    private static Unplaced? Ended(List<Unplaced> open, int last)
    {
        var wrong = open.Find(unplaced => unplaced.IsOver(last) && !unplaced.IsRight);
        open.RemoveAll(unplaced => unplaced.IsSettled(last));
        return wrong;
    }

    /// <summary>A call whose time is later than that of one sent only after it was answered.</summary>
    private string? OutOfTime()
    {
        var latest = 0;
        for (var i = 1; i < _placed.Length; i++)
        {
            if (_placed[i].Returned < _placed[latest].Invoked)
                return Report(_placed[i], i, $"Its time is later than that of one that was sent after it was answered: {Short(_placed[latest])}");
            if (_placed[i].Invoked > _placed[latest].Invoked)
                latest = i;
        }

        return null;
    }

    private string Report(Call call, int place, string difference)
    {
        var names = call.Work.Names.ToHashSet();
        return string.Join(Environment.NewLine,
        [
            $"Call {place} of {calls.Count} is not answered as the model answers it:",
            $"  {Short(call)}",
            $"  model: {Short(difference)}",
            "The last before it that name the same bags and bills:",
            .. _placed[..place].Where(other => names.Overlaps(other.Work.Names)).TakeLast(6).Select(other => $"  {Short(other)}"),
        ]);
    }

    private static string Short(object text) => text.ToString() is { Length: > 1_500 } full ? full[..1_500] + " …" : $"{text}";

    /// <summary>A call without a time, tried after each of the calls between which it may stand.</summary>
    private sealed class Unplaced
    {
        private readonly Call[] _placed;
        private readonly int _lastBefore;
        private readonly int _lastWithin;
        private string? _answer;
        private bool _isClosed;

        public Unplaced(Call call, Call[] placed)
        {
            (Call, _placed) = (call, placed);
            var first = Array.FindIndex(placed, other => other.Returned > call.Invoked);
            First = first < 0 ? placed.Length : first;
            _lastBefore = Array.FindLastIndex(placed, other => other.Returned < call.Invoked);
            _lastWithin = Array.FindLastIndex(placed, other => other.Invoked < call.Returned);
        }

        public Call Call { get; }

        /// <summary>All calls before this one had been answered when it was sent.</summary>
        public int First { get; }

        public bool IsRight { get; private set; }

        public string? Difference { get; private set; }

        public bool IsOver(int last) => _isClosed || last >= _lastWithin;

        public bool IsSettled(int last) => IsOver(last) || (IsRight && last >= _lastBefore);

        public async Task AskAsync(OrderModel model, int last)
        {
            var (answer, difference) = await model.AskAsync(Call);
            if (_answer is not null && answer != _answer)
            {
                // What has locked its rows and not committed is not seen yet by a read, though its time is earlier; what was answered must be seen.
                if (_placed[last].Returned < Call.Invoked)
                    IsRight = false;
                _isClosed |= _placed[last].Invoked > Call.Returned;
            }

            _answer = answer;
            if (_isClosed)
                return;
            IsRight |= difference is null;
            Difference = difference ?? Difference;
        }
    }
}
