namespace TraceTrack.Testing.Order;

/// <summary>
/// Looks for an order in which the model, asked the calls of a history one after the other, gives every answer that was recorded, and in which no call
/// comes before another that had returned before it was invoked (linearizability, after Wing and Gong). An order that is found is the proof,
/// however it was guessed; so the times of the calls only say what to try first.
/// </summary>
/// <param name="calls">The history.</param>
/// <param name="options">The rules of the store, for the model.</param>
/// <param name="budget">How often the search may go back before it gives up.</param>
public sealed class OrderSearch(IReadOnlyList<Call> calls, Action<TraceTrackOptions> options, int budget = 2_000)
{
    private readonly Call[][] _clients = [.. calls.GroupBy(call => call.Client).Select(group => group.OrderBy(call => call.Invoked).ToArray())];
    private readonly Dictionary<int, int> _places = calls.Select(call => call.Client).Distinct().Select((client, place) => (client, place)).ToDictionary();
    private readonly Dictionary<Call, DateTimeOffset> _times = Times(calls);
    private readonly List<Step> _path = [];
    private readonly HashSet<(Call Call, Call Before)> _put = [];
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
                    here = await GoBackAsync(here, next);
                }

                model.Dispose();
                model = await AskAgainAsync(_path.Count);
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
    /// Nothing may come next. The call that all others wait for should then have come earlier: at the last place where its answer is right and it was not
    /// put before. Only when there is none, the last choice is undone.
    /// </summary>
    private async Task<Dictionary<Call, Refused>> GoBackAsync(Dictionary<Call, Refused> here, int[] next)
    {
        var stuck = here.Values.MinBy(refused => refused.Call.Returned)!;
        for (var place = _path.Count - 1; place >= 0 && MayComeBefore(stuck.Call, _path[place].Call) && Returns < budget; place--)
        {
            var (other, refused) = _path[place];
            if (!stuck.Concerns(other) || refused.ContainsKey(stuck.Call) || !_put.Add((stuck.Call, other)))
                continue;
            using var model = await AskAgainAsync(place);
            if ((await model.AskAsync(stuck.Call)).Difference is not null)
                continue;
            _times[stuck.Call] = _times[other].AddTicks(-1);
            Cut(place, next);
            return refused;
        }

        return Undo(_path.Count - 1, next);
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

    private static bool MayComeBefore(Call call, Call other) => other.Returned >= call.Invoked && other.Client != call.Client;

    /// <summary>The calls that no other one had to return before.</summary>
    private IEnumerable<Call> Candidates(int[] next)
    {
        var heads = _clients.Select((own, client) => next[client] < own.Length ? own[next[client]] : null).OfType<Call>().ToArray();
        var bound = heads.Min(call => call.Returned);
        return heads.Where(call => call.Invoked <= bound);
    }

    /// <summary>A model cannot take anything back, so another one is asked the path anew.</summary>
    private async Task<OrderModel> AskAgainAsync(int length)
    {
        Returns++;
        var model = new OrderModel(options);
        foreach (var step in _path[..length])
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
            .. refused.SelectMany(one => new[] { $"  {Short(one.Call)}", $"    model: {Short(one.Difference)}" }),
            "The last before them that concern the same bags and bills:",
            .. path.Where(call => names.Overlaps(call.Answer.Names)).TakeLast(8).Select(call => $"  {Short(call)}"),
        ]);
    }

    private static string Short(object text) => text.ToString() is { Length: > 700 } full ? full[..700] + " …" : $"{text}";

    private sealed record Step(Call Call, Dictionary<Call, Refused> Refused);

    private sealed record Refused(Call Call, Answer Answer, string Difference)
    {
        public bool Concerns(Call other) =>
            Answer.HidesNames || Call.Answer.HidesNames || other.Client == Call.Client
            || Answer.Names.Overlaps(other.Answer.Names) || Call.Answer.Names.Overlaps(other.Answer.Names);
    }
}
