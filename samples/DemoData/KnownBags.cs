namespace TraceTrack.DemoData;

/// <summary>Bags that the store took from another generator, named by a file again.</summary>
/// <param name="Generator">Whose bags they are; its codes are others than the file's own.</param>
/// <param name="Count">How many, each once; at most all.</param>
public sealed record KnownBags(BagGenerator Generator, int Count);
