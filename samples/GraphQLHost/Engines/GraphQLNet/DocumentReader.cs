using System.Diagnostics.CodeAnalysis;
using GraphQL;
using GraphQL.Execution;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace GraphQLHost.Engines.GraphQLNet;

/// <param name="Node">The parsed document.</param>
/// <param name="Facts">What the host wants to know of it.</param>
internal sealed record NetDocument(GraphQLDocument Node, DocumentFacts Facts);

/// <summary>Parses a document and measures it before validation, some of whose rules take far longer on hostile documents than parsing.</summary>
internal static class DocumentReader
{
    public static bool TryRead(
        string query, GraphQLLimits limits, [NotNullWhen(true)] out NetDocument? document, [NotNullWhen(false)] out ExecutionError? error)
    {
        GraphQLDocument parsed;
        (document, error) = (null, null);
        try
        {
            parsed = Parser.Parse(query, new ParserOptions { Ignore = IgnoreOptions.Comments });
        }
        catch (GraphQLSyntaxErrorException exception)
        {
            error = new SyntaxError(exception);
            return false;
        }
        catch (GraphQLParserException)
        {
            // The parser's own limit on nesting, far above ours.
            error = new TableError(DocumentSize.TooDeep(limits));
            return false;
        }

        var outline = NetOutline.Of(parsed);
        error = DocumentSize.Check(outline, limits) is { } failure ? new TableError(failure) : null;
        document = error is null ? new(parsed, new(outline)) : null;
        return document is not null;
    }
}
