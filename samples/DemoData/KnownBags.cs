namespace TraceTrack.DemoData;

/// <summary>Bags that the store took from another generator, named by a file again.</summary>
/// <param name="Generator">Whose bags they are; its codes are others than the file's own.</param>
/// <param name="Count">How many, each once; at most all.</param>
/// <param name="CodesOnly">Whether the rows are codes and nothing else, as a stock-taking gives them.</param>
public sealed record KnownBags(BagGenerator Generator, int Count, bool CodesOnly = false);
