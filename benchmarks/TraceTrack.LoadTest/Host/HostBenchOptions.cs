namespace TraceTrack.LoadTest.Host;

/// <summary>What <c>./bench host</c> is asked for.</summary>
/// <param name="Quick">End within 90 seconds.</param>
/// <param name="Bags">Bags of the warehouse; all else in proportion. Null for the default, or for fewer when it must be quick.</param>
/// <param name="Users">How many users, for the curve of latency against users.</param>
/// <param name="SoakMinutes">How long to soak; 0 for no soak.</param>
/// <param name="Pools">Whether to compare sizes of the pool instead of the subjects.</param>
internal sealed record HostBenchOptions(bool Quick, int? Bags, IReadOnlyList<int> Users, int SoakMinutes, bool Pools);
