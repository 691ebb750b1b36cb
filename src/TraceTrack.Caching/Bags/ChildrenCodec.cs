using System.Globalization;
using TraceTrack.Bags;

namespace TraceTrack.Caching;

/// <summary>
/// Codes of a parent's children, in order. The key is <c>version|parent</c>: whatever links or unlinks a child gives the parent a new version, so a list
/// is never wrong, and one that is out of date is never asked for again.
/// </summary>
internal sealed class ChildrenCodec : CodeListCodec
{
    public const char Letter = 'c';

    private const char Separator = '|';

    public override char Kind => Letter;

    public static string Key(Bag parent) => string.Create(CultureInfo.InvariantCulture, $"{parent.Version}{Separator}{parent.Qr.Value}");

    public static QrCode ParentOf(string key) => QrCode.FromStored(key[(key.IndexOf(Separator, StringComparison.Ordinal) + 1)..]);
}
