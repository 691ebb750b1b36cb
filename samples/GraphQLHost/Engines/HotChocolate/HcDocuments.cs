using HotChocolate.Language;

namespace GraphQLHost.Engines.HotChocolate;

/// <param name="Node">The parsed document.</param>
/// <param name="Id">
/// Names it in HotChocolate's own caches, which would else keep it under an MD5 hash: two documents of the same hash can be made, and the one
/// that is within the limits would answer for the other.
/// </param>
/// <param name="Facts">What the host wants to know of it.</param>
internal sealed record HcDocument(DocumentNode Node, string Id, DocumentFacts Facts);

/// <summary>Parses documents, and refuses those beyond the limits before HotChocolate sees them.</summary>
internal sealed class HcDocuments(GraphQLLimits limits)
{
    // The limits count fields themselves, with those of spread fragments.
    private static readonly ParserOptions Options = new(maxAllowedFields: int.MaxValue);

    private readonly DocumentCache<HcDocument> _documents = new(limits.CachedDocuments);
    private long _lastId;

    public HcDocument? Find(string query) => _documents.TryGet(query, out var document) ? document : null;

    public GraphQLError? TryRead(string query, out HcDocument? document)
    {
        document = null;
        DocumentNode node;
        if (string.IsNullOrWhiteSpace(query))
            return new(HostErrorCodes.SyntaxError, "The document is empty.");
        if (NestingGuard.IsTooDeep(query))
            return DocumentSize.TooDeep(limits);
        try
        {
            node = Utf8GraphQLParser.Parse(query, Options);
        }
        catch (SyntaxException error)
        {
            return new(HostErrorCodes.SyntaxError, $"{error.Message} (line {error.Line}, column {error.Column})");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Escapes such as \ud800 alone, which are no text. Whatever else it stumbles over, the document is the client's.
            return new(HostErrorCodes.SyntaxError, "The document cannot be read; a text in it may hold escapes that are no valid Unicode.");
        }

        var outline = HcOutline.Of(node);
        if (DocumentSize.Check(outline, limits) is { } failure)
            return failure;
        document = new(node, $"d{Interlocked.Increment(ref _lastId)}", new(outline));
        return null;
    }

    public bool IsWorthKeeping(string query) => query.Length <= limits.CachedDocumentLength;

    public void Keep(string query, HcDocument document)
    {
        if (IsWorthKeeping(query))
            _documents.Add(query, document);
    }
}
