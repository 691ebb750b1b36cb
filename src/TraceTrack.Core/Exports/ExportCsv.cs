namespace TraceTrack.Exports;

/// <summary>What every CSV file of bags begins with.</summary>
public static class ExportCsv
{
    /// <summary>The columns in the order in which exports write them: code, code of the parent, area, kilograms with three places.</summary>
    public const string Heading = "qr,parent,area,weight_kg";

    internal static readonly byte[] HeadingLine = System.Text.Encoding.UTF8.GetBytes(Heading + "\n");
}
