namespace TraceTrack.LoadTest.Bulk;

/// <summary>What all cases of a run share.</summary>
internal sealed record BenchSettings(string Server, Psql Psql, int Rows, bool Quick);
