using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Testing.Order;

/// <summary>The in-memory store, asked the calls of a history one by one, and what of its versions stands for which of the store's.</summary>
internal sealed class OrderModel : IDisposable
{
    private readonly SetClock _clock = new();
    private readonly DryRun _dry = new();
    private readonly Dictionary<string, (long Store, long Model)> _last = [];
    private readonly ServiceProvider _services;
    private readonly ITraceTrack _door;

    public OrderModel(Action<TraceTrackOptions> options)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddTraceTrack(options).UseInMemory().Services;
        _dry.Wrap(services);
        _services = services.BuildServiceProvider();
        _door = _services.GetRequiredService<ITraceTrack>();
    }

    /// <summary>Has the model do what was done, at the time at which the store did it.</summary>
    /// <returns>What differs; null when it answers as the store did.</returns>
    public async Task<string?> DoAsync(Call call)
    {
        _clock.Now = call.Answer.At!.Value;
        var answer = await call.Work.DoAsync(_door, call.Actor, Version(call.Work.Expected));
        if (Difference(call, answer) is { } difference)
            return difference;
        for (var i = 0; i < answer.Rows.Count; i++)
            _last[answer.Rows[i].Name] = (call.Answer.Rows[i].Version, answer.Rows[i].Version);
        return null;
    }

    /// <summary>Asks the model what it would answer now to a call that changed nothing.</summary>
    /// <returns>Its answer with the versions, to tell whether it is another than before, and what differs from the store's; null when nothing does.</returns>
    public async Task<(string Answer, string? Difference)> AskAsync(Call call)
    {
        try
        {
            _dry.IsOn = true;
            var answer = await call.Work.DoAsync(_door, call.Actor, Version(call.Work.Expected));
            return ($"{answer.Text} {string.Join(' ', answer.Rows)}", Difference(call, answer));
        }
        catch (WouldChangeException)
        {
            return ("changed", "The model takes it, and changes something.");
        }
        finally
        {
            _dry.IsOn = false;
        }
    }

    public void Dispose() => _services.Dispose();

    private string? Difference(Call call, Answer answer)
    {
        if (answer.Text != call.Answer.Text || answer.Rows.Count != call.Answer.Rows.Count)
            return answer.Text;
        for (var i = 0; i < answer.Rows.Count; i++)
        {
            if (!Stands(call.Answer.Rows[i], answer.Rows[i].Version))
                return $"another version of {answer.Rows[i].Name}: not the store's {call.Answer.Rows[i].Version}";
        }

        return null;
    }

    /// <summary>The model's version for one of the store's: the same when it is the last one seen, and one that is nobody's when it is an older one.</summary>
    private long? Version(SeenRow? expected) => expected is not { } row
        ? null
        : _last.TryGetValue(row.Name, out var last) && last.Store == row.Version ? last.Model : -1;

    private bool Stands(SeenRow row, long model) =>
        !_last.TryGetValue(row.Name, out var last)
        || (last.Store == row.Version ? last.Model == model : row.Version > last.Store && model > last.Model);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
