using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.Testing.Order;

/// <summary>
/// Stores that, while it is on, write nothing: a decision that would change something is thrown out before it is written. So a model can be asked the
/// same call again and again.
/// </summary>
internal sealed class DryRun
{
    public bool IsOn { get; set; }

    public void Wrap(IServiceCollection services)
    {
        Wrap<IScanStore>(services);
        Wrap<IBillStore>(services);
    }

    private void Wrap<T>(IServiceCollection services)
        where T : class
    {
        var inner = services.Single(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider =>
        {
            var store = DispatchProxy.Create<T, Watched>();
            ((Watched)(object)store).Watch(ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!), this);
            return store;
        });
    }

    private T Allow<T>(T changes, bool isNothing) => IsOn && !isNothing ? throw new WouldChangeException() : changes;

    /// <summary>A store's port with its decisions looked at, whatever other methods it has.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
    public class Watched : DispatchProxy
    {
        private object _store = null!;
        private DryRun _run = null!;

        internal void Watch(object store, DryRun run) => (_store, _run) = (store, run);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Invoke(
            _store, BindingFlags.DoNotWrapExceptions, null, Array.ConvertAll(args!, Looked), null);

        private object? Looked(object? argument) => argument switch
        {
            Func<ScanState, ScanChanges> decide => (Func<ScanState, ScanChanges>)(state =>
            {
                var changes = decide(state);
                return _run.Allow(changes, changes.IsNothing);
            }),
            Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide => (Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>>)(states =>
            {
                var changes = decide(states);
                return _run.Allow(changes, changes.Count == 0);
            }),
            _ => argument,
        };
    }
}

/// <summary>A dry run would have changed something.</summary>
internal sealed class WouldChangeException : Exception;
