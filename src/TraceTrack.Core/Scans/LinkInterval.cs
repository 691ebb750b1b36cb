namespace TraceTrack.Scans;

/// <summary>A finished stay of a child in a parent. The current one is on the child itself, so a bulk load writes none.</summary>
/// <param name="ChildId">Key of the child.</param>
/// <param name="ParentId">Key of the parent.</param>
/// <param name="LinkedAt">When the stay began (the server's time).</param>
/// <param name="UnlinkedAt">When it ended.</param>
/// <param name="ImportId">The import that began it; null when a scan did.</param>
public sealed record LinkInterval(long ChildId, long ParentId, DateTimeOffset LinkedAt, DateTimeOffset UnlinkedAt, long? ImportId);
