namespace TraceTrack;

/// <summary>
/// What to subscribe to. Measurements and activities go through <see cref="System.Diagnostics.Metrics"/> and
/// <see cref="System.Diagnostics.ActivitySource"/>, so OpenTelemetry needs these names and nothing else. No tag ever holds a QR code, a
/// bill's number, a user or other text of unlimited variety. Without a listener nothing is measured and nothing allocated.
/// </summary>
public static class TraceTrackDiagnostics
{
    /// <summary>The meter of all of TraceTrack's packages.</summary>
    public const string MeterName = "TraceTrack";

    /// <summary>The source of all activities of TraceTrack's packages.</summary>
    public const string ActivitySourceName = "TraceTrack";

    /// <summary>Counter, <c>{scan}</c>: scans answered, by <see cref="ActionTag"/> and <see cref="OutcomeTag"/> (recorded, replayed, rejected).</summary>
    public const string Scans = "tracetrack.scans";

    /// <summary>Counter, <c>{scan}</c>: scans answered with a rejection, repeats among them, by <see cref="ActionTag"/> and <see cref="ReasonTag"/>.</summary>
    public const string ScanRejections = "tracetrack.scan.rejections";

    /// <summary>Histogram, <c>s</c>: from the call to the answer, by <see cref="ActionTag"/> (record_scans: a whole batch) and <see cref="OutcomeTag"/>, or <c>error.type</c> when it failed.</summary>
    public const string ScanDuration = "tracetrack.scan.duration";

    /// <summary>Counter, <c>{bill}</c>: bills changed on their own account, by <see cref="ActionTag"/> (create_bill, resize_bill, complete_bill, reopen_bill, delete_bill), in batches or one by one. Loading and unloading are scans.</summary>
    public const string BillChanges = "tracetrack.bill.changes";

    /// <summary>Counter, <c>{bill}</c>: bills recalculated, by <see cref="OutcomeTag"/>: exact; mended, which should never be.</summary>
    public const string BillRecalculations = "tracetrack.bill.recalculations";

    /// <summary>Counter, <c>{bag}</c>: bags asked to be deleted, by <see cref="OutcomeTag"/> (deleted, refused); refused ones also by <see cref="ReasonTag"/>.</summary>
    public const string BagDeletions = "tracetrack.bag.deletions";

    /// <summary>Counter, <c>{session}</c>: login sessions by <see cref="OutcomeTag"/>: started; found (a token was good); refused (a token was not, or no longer).</summary>
    public const string LoginSessions = "tracetrack.login_sessions";

    /// <summary>
    /// Counter, <c>{row}</c>: rows of committed imports, by <see cref="ActionTag"/> (import_bags, import_scans) and <see cref="OutcomeTag"/>
    /// (taken, refused); refused ones also by <see cref="ReasonTag"/>. The repeat of an import adds nothing.
    /// </summary>
    public const string ImportRows = "tracetrack.import.rows";

    /// <summary>Histogram, <c>s</c>: a whole import, by <see cref="ActionTag"/> and <see cref="OutcomeTag"/> (done, replayed), or <c>error.type</c> when it failed.</summary>
    public const string ImportDuration = "tracetrack.import.duration";

    /// <summary>Counter, <c>{row}</c>: bags that whole exports wrote, by <see cref="ActionTag"/> (export_bags).</summary>
    public const string ExportRows = "tracetrack.export.rows";

    /// <summary>Histogram, <c>s</c>: a whole export, by <see cref="ActionTag"/> and <see cref="OutcomeTag"/> (done), or <c>error.type</c> when it failed.</summary>
    public const string ExportDuration = "tracetrack.export.duration";

    /// <summary>Tag: what was done, in lower case, such as <c>link</c> or <c>import_bags</c>.</summary>
    public const string ActionTag = "tracetrack.action";

    /// <summary>Tag: how it ended, in lower case, such as <c>recorded</c>; <c>cancelled</c> when the caller gave up.</summary>
    public const string OutcomeTag = "tracetrack.outcome";

    /// <summary>Tag: why it was refused, in lower case, such as <c>parent_full</c>.</summary>
    public const string ReasonTag = "tracetrack.reason";

    /// <summary>Tag of activities: how many scans, rows, bags or bills it was about.</summary>
    public const string CountTag = "tracetrack.count";
}
