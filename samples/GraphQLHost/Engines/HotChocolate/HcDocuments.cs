using HotChocolate.Language;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Parses documents, and refuses those beyond the limits before HotChocolate sees them.</summary>
internal sealed class HcDocuments(GraphQLLimits limits)
{
    // The limits count fields themselves, with those of spread fragments.
    private static readonly ParserOptions Options = new(maxAllowedFields: int.MaxValue);

    private readonly DocumentCache<DocumentNode> _documents = new(limits.CachedDocuments);

    public DocumentNode? Find(string query) => _documents.TryGet(query, out var document) ? document : null;

    public GraphQLError? TryRead(string query, out DocumentNode? document)
    {
        document = null;
        if (string.IsNullOrWhiteSpace(query))
            return new(HostErrorCodes.SyntaxError, "The document is empty.");
        if (NestingGuard.IsTooDeep(query))
            return DocumentSize.TooDeep(limits);
        try
        {
            document = Utf8GraphQLParser.Parse(query, Options);
        }
        catch (SyntaxException error)
        {
            return new(HostErrorCodes.SyntaxError, $"{error.Message} (line {error.Line}, column {error.Column})");
        }

        return DocumentSize.Check(HcOutline.Of(document), limits);
    }

    public void Keep(string query, DocumentNode document)
    {
        if (query.Length <= limits.CachedDocumentLength)
            _documents.Add(query, document);
    }
}
