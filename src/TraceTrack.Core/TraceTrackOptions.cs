namespace TraceTrack;

/// <summary>The rules a warehouse may set for itself. Validated when the host starts.</summary>
public sealed class TraceTrackOptions
{
    /// <summary>Where messages say a setting is in the configuration. Any other section can be bound as well.</summary>
    public const string ConfigurationSection = "TraceTrack";

    /// <summary>Default of <see cref="ParentQrPattern"/>: <c>SB</c> followed by digits.</summary>
    public const string DefaultParentQrPattern = "^SB[0-9]+$";

    /// <summary>Default of <see cref="ParentCapacity"/>.</summary>
    public const int DefaultParentCapacity = 30;

    /// <summary>Default of <see cref="ChildWeightKg"/>.</summary>
    public const decimal DefaultChildWeightKg = 1.000m;

    /// <summary>Tells parents from children: a normalised QR code that this regular expression matches is a parent's, every other a child's.</summary>
    /// <value>A .NET regular expression; <c>^SB[0-9]+$</c> by default. Do not change it once bags are stored: a code never changes kind.</value>
    public string ParentQrPattern { get; set; } = DefaultParentQrPattern;

    /// <summary>The most children a parent holds.</summary>
    /// <value>
    /// 1–1,000 bags; 30 by default. Set it before the first bag: of a later change, a parent that is on no bill hears when it is next linked into or out of,
    /// and the expected weight and variance of all bills, completed ones too, are those of the present capacity.
    /// </value>
    public int ParentCapacity { get; set; } = DefaultParentCapacity;

    /// <summary>The weight of a child whose row names none; also the unit of a bill's expected weight.</summary>
    /// <value>
    /// 0.001–1,000 kilograms with at most three places; 1.000 by default. A later change is no change of bags that are stored; the expected weight and variance
    /// of all bills, completed ones too, are those of the present weight.
    /// </value>
    public decimal ChildWeightKg { get; set; } = DefaultChildWeightKg;

    /// <summary>Whether a bill may be completed while a parent on it holds fewer children than <see cref="ParentCapacity"/>.</summary>
    /// <value>False by default.</value>
    public bool AllowIncompleteParents { get; set; }

    /// <summary>Whether the first scan of an unknown QR code registers the bag. When off, such a scan is rejected as UnknownBag.</summary>
    /// <value>True by default.</value>
    public bool RegisterUnknownBags { get; set; } = true;

    /// <summary>
    /// How long a repeated <see cref="Scans.ScanId"/> is answered with the first outcome. Older scans are rejected as ReplayExpired: by their device's
    /// time, or (without one) while their receipts are kept; after that a repeat without a time is recorded anew.
    /// </summary>
    /// <value>1 hour to 10 years; 90 days by default.</value>
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long after its recording a scan can be undone. Older ones are refused as UndoWindowPassed.</summary>
    /// <value>1 minute to 24 hours, and no more than <see cref="ReplayWindow"/>; 1 hour by default.</value>
    public TimeSpan UndoWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a login session lives without use; each use renews it.</summary>
    /// <value>1 minute to 30 days; 1 hour by default (the report's session time).</value>
    public TimeSpan LoginSessionLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The least time between two renewals of one login session, so that reading costs no write.</summary>
    /// <value>Zero up to <see cref="LoginSessionLifetime"/>; 5 minutes by default.</value>
    public TimeSpan LoginSessionRenewal { get; set; } = TimeSpan.FromMinutes(5);
}
