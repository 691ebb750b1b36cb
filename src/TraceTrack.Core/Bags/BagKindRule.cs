using System.Text.RegularExpressions;

namespace TraceTrack.Bags;

/// <summary>Tells a bag's kind from its code, by <see cref="TraceTrackOptions.ParentQrPattern"/>.</summary>
public sealed class BagKindRule
{
    private readonly Regex? _parent;

    /// <summary>Compiles the pattern once.</summary>
    /// <param name="options">Validated options.</param>
    public BagKindRule(TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // The default is matched by hand: imports ask it once a row.
        if (options.ParentQrPattern != TraceTrackOptions.DefaultParentQrPattern)
            _parent = new Regex(options.ParentQrPattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(1));
    }

    /// <summary>The kind of the bag that carries this code.</summary>
    /// <param name="code">A normalised code.</param>
    /// <returns>Parent when the pattern matches, else child.</returns>
    public BagKind KindOf(QrCode code)
    {
        var isParent = _parent is null ? IsDefaultParent(code.Value) : _parent.IsMatch(code.Value);
        return isParent ? BagKind.Parent : BagKind.Child;
    }

    private static bool IsDefaultParent(string code) =>
        code.StartsWith("SB", StringComparison.Ordinal) && code.Length > 2 && !code.AsSpan(2).ContainsAnyExceptInRange('0', '9');
}
