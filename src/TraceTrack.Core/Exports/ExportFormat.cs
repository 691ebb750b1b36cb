namespace TraceTrack.Exports;

/// <summary>How exported bags are written: UTF-8 without a byte order mark, lines ending in a line feed.</summary>
public enum ExportFormat
{
    /// <summary>A line of <see cref="ExportCsv.Heading"/>, then one line a bag. A parent has no weight. Nothing needs quotes.</summary>
    Csv = 0,

    /// <summary>
    /// One JSON object a line, without a heading: <c>{"qr":"…","parent":"…","area":"…","weightKg":1.000}</c>. What a bag does not have is left out;
    /// a parent has no weight.
    /// </summary>
    NdJson = 1,
}
