namespace TraceTrack.Testing.Order;

/// <summary>
/// Looks for an order in which the model, asked the calls of a history one after the other, gives every answer that was recorded, and in which no call
/// comes before another that had returned before it was invoked (linearizability, after Wing and Gong). An order that is found is the proof,
/// however it was guessed; so the times of the calls only say what to try first.
/// </summary>
/// <param name="calls">The history.</param>
/// <param name="options">The rules of the store, for the model.</param>
/// <param name="budget">How often the search may go back before it gives up.</param>
public sealed class OrderSearch(IReadOnlyList<Call> calls, Action<TraceTrackOptions> options, int budget = 1_000)
{
    private readonly Call[][] _clients = [.. calls.GroupBy(call => call.Client).Select(group => group.OrderBy(call => call.Invoked).ToArray())];
    private readonly Dictionary<int, int> _places = calls.Select(call => call.Client).Distinct().Select((client, place) => (client, place)).ToDictionary();
    private readonly Dictionary<Call, DateTimeOffset> _times = Times(calls);
    private readonly List<Step> _path = [];
    // What was asked where the path was longest, for the report.
    private (Call[] Path, Refused[] Refused) _longest = ([], []);

    /// <summary>How often the search went back.</summary>
    public int Returns { get; private set; }

    /// <summary>Searches.</summary>
    /// <returns>Null when there is a legal order; else where it ends and what cannot come next.</returns>
    public async Task<string?> RunAsync()
    {
        var next = new int[_clients.Length];
        var here = new Dictionary<Call, Refused>();
        var model = new OrderModel(options);
        try
        {
            while (_path.Count < calls.Count)
            {
                if (Candidates(next).Where(candidate => !here.ContainsKey(candidate)).MinBy(candidate => _times[candidate]) is { } call)
                {
                    var (answer, difference) = await model.AskAsync(call);
                    if (difference is null)
                    {
                        _path.Add(new(call, here));
                        next[_places[call.Client]]++;
                        // What has nothing to do with this call is refused after it as it was before.
                        here = here.Where(pair => !pair.Value.Concerns(call)).ToDictionary();
                        continue;
                    }

                    here.Add(call, new(call, answer, difference));
                    if (answer.IsError)
                        continue;
                }
                else
                {
                    Remember(here);
                    if (_path.Count == 0 || Returns >= budget)
                        return Report(isExhausted: _path.Count == 0);
                    here = GoBack(here, next);
                }

                model.Dispose();
                model = await AskAgainAsync();
            }

            return null;
        }
        finally
        {
            model.Dispose();
        }
    }

    private static Dictionary<Call, DateTimeOffset> Times(IReadOnlyList<Call> calls)
    {
        var times = new CallTimes(calls);
        return calls.ToDictionary(call => call, times.Of);
    }

    /// <summary>
    /// Nothing may come next. The call that all others wait for should then have come earlier: before the last one that concerns it and that it was not
    /// tried before. Only when there is none, the last choice is undone.
    /// </summary>
    private Dictionary<Call, Refused> GoBack(Dictionary<Call, Refused> here, int[] next)
    {
        var stuck = here.Values.MinBy(refused => refused.Call.Returned)!;
        var place = _path.FindLastIndex(step => !step.Refused.ContainsKey(stuck.Call) && stuck.Concerns(step.Call));
        if (place < 0 || !MayComeAt(stuck.Call, place))
            return Undo(_path.Count - 1, next);
        _times[stuck.Call] = _times[_path[place].Call].AddTicks(-1);
        var refused = _path[place].Refused;
        Cut(place, next);
        return refused;
    }

    private Dictionary<Call, Refused> Undo(int place, int[] next)
    {
        var (last, refused) = _path[place];
        Cut(place, next);
        refused.Add(last, new(last, last.Answer, "may come next, and leads nowhere"));
        return refused;
    }

    private void Cut(int place, int[] next)
    {
        foreach (var step in _path[place..])
            next[_places[step.Call.Client]]--;
        _path.RemoveRange(place, _path.Count - place);
    }

    /// <summary>No call from there on had to return before it, its own client's among them.</summary>
    private bool MayComeAt(Call call, int place) =>
        _path[place..].All(step => step.Call.Returned >= call.Invoked && step.Call.Client != call.Client);

    /// <summary>The calls that no other one had to return before.</summary>
    private IEnumerable<Call> Candidates(int[] next)
    {
        var heads = _clients.Select((own, client) => next[client] < own.Length ? own[next[client]] : null).OfType<Call>().ToArray();
        var bound = heads.Min(call => call.Returned);
        return heads.Where(call => call.Invoked <= bound);
    }

    /// <summary>A model cannot take anything back, so another one is asked the path anew.</summary>
    private async Task<OrderModel> AskAgainAsync()
    {
        Returns++;
        var model = new OrderModel(options);
        foreach (var step in _path)
            await model.AskAsync(step.Call);
        return model;
    }

    private void Remember(Dictionary<Call, Refused> here)
    {
        if (_path.Count >= _longest.Path.Length)
            _longest = ([.. _path.Select(step => step.Call)], [.. here.Values]);
    }

    private string Report(bool isExhausted)
    {
        var (path, refused) = _longest;
        var names = refused.SelectMany(one => one.Call.Answer.Names).Where(name => !Guid.TryParse(name, out _)).ToHashSet();
        return string.Join(Environment.NewLine,
        [
            isExhausted ? "There is no legal order." : $"No legal order was found in {Returns} attempts.",
            $"{path.Length} of {calls.Count} calls can be ordered. Of these, then, none may come next:",
            .. refused.SelectMany(one => new[] { $"  {one.Call}", $"    model: {one.Difference}" }),
            "The last before them that concern the same bags and bills:",
            .. path.Where(call => names.Overlaps(call.Answer.Names)).TakeLast(12).Select(call => $"  {call}"),
        ]);
    }

    private sealed record Step(Call Call, Dictionary<Call, Refused> Refused);

    private sealed record Refused(Call Call, Answer Answer, string Difference)
    {
        public bool Concerns(Call other) =>
            Answer.HidesNames || Call.Answer.HidesNames || other.Client == Call.Client
            || Answer.Names.Overlaps(other.Answer.Names) || Call.Answer.Names.Overlaps(other.Answer.Names);
    }
}
