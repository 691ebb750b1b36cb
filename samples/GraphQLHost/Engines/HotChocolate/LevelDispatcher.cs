using GreenDonut;
using HotChocolate.Execution.Instrumentation;
using HotChocolate.Fetching;
using HotChocolate.Resolvers;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// Starts batches when every field that has begun waits for one, so that a level of a query is one load of each loader. HotChocolate's own
/// dispatcher starts as soon as nothing is queued, while fields that have just got their values are still about to ask for more; then a
/// level may take several loads, now and then.
/// </summary>
internal sealed class LevelDispatcher : IBatchDispatcher, IBatchScheduler, IDisposable
{
    private readonly Lock _lock = new();
    private readonly BatchScheduler _batches = new();
    private readonly FieldScope _field;
    private EventHandler? _listeners;
    private int _active;
    private int _scheduled;
    private bool _isWanted;

    public LevelDispatcher() => _field = new(this);

    public event EventHandler TaskEnqueued
    {
        add
        {
            _listeners += value;
            _batches.TaskEnqueued += value;
        }

        remove
        {
            _listeners -= value;
            _batches.TaskEnqueued -= value;
        }
    }

    public bool DispatchOnSchedule
    {
        get => _batches.DispatchOnSchedule;
        set => _batches.DispatchOnSchedule = value;
    }

    public void Schedule(Func<ValueTask> dispatch)
    {
        lock (_lock)
        {
            if (DispatchOnSchedule)
                _active++;
            else
                _scheduled++;
        }

        _batches.Schedule(async () =>
        {
            try
            {
                await dispatch();
            }
            finally
            {
                End();
            }
        });
    }

    public void BeginDispatch(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _isWanted = _active > 0;
            if (_isWanted)
                return;
            // Batches that load are work too: what they bring must join what others of the same level bring.
            _active = _scheduled;
            _scheduled = 0;
        }

        _batches.BeginDispatch(cancellationToken);
    }

    /// <summary>A field has begun; it ends when what this gives is disposed of.</summary>
    public IDisposable BeginField()
    {
        Begin(1);
        return _field;
    }

    /// <summary>Fields that waited have what they waited for.</summary>
    public void Begin(int count)
    {
        lock (_lock)
            _active += count;
    }

    /// <summary>A field has ended, with the fields below it queued, or waits for a batch.</summary>
    public void End()
    {
        bool isTime;
        lock (_lock)
        {
            isTime = --_active == 0 && _isWanted;
            _isWanted &= !isTime;
        }

        // HotChocolate's scheduler looks whether there is anything else to do, and if not, comes back to BeginDispatch.
        if (isTime)
            _listeners?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose() => _batches.Dispose();

    private sealed class FieldScope(LevelDispatcher dispatcher) : IDisposable
    {
        public void Dispose() => dispatcher.End();
    }
}

/// <summary>Tells the dispatcher of a request which of its fields are at work.</summary>
internal sealed class LevelListener : ExecutionDiagnosticEventListener
{
    public override bool EnableResolveFieldValue => true;

    public override IDisposable ResolveFieldValue(IMiddlewareContext context) =>
        context.ContextData.TryGetValue(HcContext.Key, out var value) && value is HcContext request ? request.BeginField() : EmptyScope;
}
