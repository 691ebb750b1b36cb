namespace TraceTrack.Exports;

/// <summary>A sign of life of an export.</summary>
/// <param name="RowsWritten">Bags written so far.</param>
/// <param name="Elapsed">Time since it began.</param>
public readonly record struct ExportProgress(long RowsWritten, TimeSpan Elapsed);
