using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Testing.Order;

/// <summary>The in-memory store, asked the calls of a history one by one, and what of its versions stands for which of the store's.</summary>
internal sealed class OrderModel : IDisposable
{
    private readonly Ticking _clock = new();
    private readonly Dictionary<string, (SeenRow Store, long Model)> _last = [];
    private readonly ServiceProvider _services;
    private readonly ITraceTrack _door;

    public OrderModel(Action<TraceTrackOptions> options)
    {
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddTraceTrack(options).UseInMemory().Services.BuildServiceProvider();
        _door = _services.GetRequiredService<ITraceTrack>();
    }

    /// <summary>Asks the model.</summary>
    /// <returns>Its answer, and what differs; null when it answers as the store did.</returns>
    public async Task<(Answer Answer, string? Difference)> AskAsync(Call call)
    {
        // So that one actor's scans have the order of their times, however busy a bag is.
        _clock.Now += TimeSpan.FromMilliseconds(1);
        var answer = await call.Work.DoAsync(_door, call.Actor, Version(call.Work.Expected));
        if (answer.Text != call.Answer.Text)
            return (answer, answer.Text);
        for (var i = 0; i < answer.Rows.Count; i++)
        {
            if (!Stands(call.Answer.Rows[i], answer.Rows[i].Version))
                return (answer, $"another version of {answer.Rows[i].Name}: not the store's {call.Answer.Rows[i].Version}");
        }

        for (var i = 0; i < answer.Rows.Count; i++)
            _last[answer.Rows[i].Name] = (call.Answer.Rows[i], answer.Rows[i].Version);
        return (answer, null);
    }

    public void Dispose() => _services.Dispose();

    /// <summary>The model's version for one of the store's: the same when it is the last one seen, and one that is nobody's when it is an older one.</summary>
    private long? Version(SeenRow? expected) => expected is not { } row
        ? null
        : _last.TryGetValue(row.Name, out var last) && last.Store.Version == row.Version ? last.Model : -1;

    private bool Stands(SeenRow row, long model) =>
        !_last.TryGetValue(row.Name, out var last)
        || (last.Store.Version == row.Version ? last.Model == model : row.Version > last.Store.Version && model > last.Model);

    private sealed class Ticking : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
