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
                    if (answer.IsError || answer.IsRead)
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
    /// Nothing may come next. One of the calls that might should then have come earlier: at the last place where its answer is right and it was not put
    /// before. Those that others wait for are asked first. Only when there is no such place, the last choice is undone.
    /// </summary>
    private async Task<Dictionary<Call, Refused>> GoBackAsync(Dictionary<Call, Refused> here, int[] next)
    {
        foreach (var stuck in here.Values.OrderBy(refused => refused.Call.Returned))
        {
            if (await PutEarlierAsync(stuck, next) is { } refused)
                return refused;
        }

        var (last, before) = _path[^1];
        Cut(_path.Count - 1, next);
        before.Add(last, new(last, last.Answer, "may come next, and leads nowhere"));
        return before;
    }

    private async Task<Dictionary<Call, Refused>?> PutEarlierAsync(Refused stuck, int[] next)
    {
        // With it come its own client's calls that it is behind.
        var own = new List<Call> { stuck.Call };
        for (var place = _path.Count - 1; place >= 0 && Returns < budget; place--)
        {
            var (other, refused) = _path[place];
            if (other.Client != stuck.Call.Client && other.Returned < stuck.Call.Invoked)
                break;
            if (other.Client == stuck.Call.Client)
            {
                own.Insert(0, other);
                continue;
            }

            if (!stuck.Concerns(other) || refused.ContainsKey(stuck.Call) || !_put.Add((stuck.Call, other)))
                continue;
            if (!await FollowAsync(place, own))
                continue;
            for (var i = 0; i < own.Count; i++)
                _times[own[i]] = _times[other].AddTicks(i - own.Count);
            Cut(place, next);
            return refused.Where(pair => !own.Contains(pair.Key)).ToDictionary();
        }

        return null;
    }

    private async Task<bool> FollowAsync(int place, List<Call> own)
    {
        using var model = await AskAgainAsync(place);
        foreach (var call in own)
        {
            if ((await model.AskAsync(call)).Difference is not null)
                return false;
        }

        return true;
    }

    private void Cut(int place, int[] next)
    {
        foreach (var step in _path[place..])
            next[_places[step.Call.Client]]--;
        _path.RemoveRange(place, _path.Count - place);
    }

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
