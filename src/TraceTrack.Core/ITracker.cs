using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Exports;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack;

/// <summary>TraceTrack as one actor may use it: every read and every write goes through the access rules.</summary>
public interface ITracker
{
    /// <summary>Who acts.</summary>
    Actor Actor { get; }

    /// <summary>Bags.</summary>
    IBags Bags { get; }

    /// <summary>Bills.</summary>
    IBills Bills { get; }

    /// <summary>Scans.</summary>
    IScans Scans { get; }

    /// <summary>What was: contents of parents at a moment, and the histories of bags and bills.</summary>
    IHistory History { get; }

    /// <summary>TraceTrack's own users.</summary>
    IUsers Users { get; }

    /// <summary>Totals.</summary>
    ITotals Totals { get; }

    /// <summary>Bulk loads.</summary>
    IImports Imports { get; }

    /// <summary>Bags as a stream.</summary>
    IExports Exports { get; }
}
