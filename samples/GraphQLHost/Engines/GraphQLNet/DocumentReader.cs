using System.Diagnostics.CodeAnalysis;
using GraphQL;
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
        var lines = LongLines.Find(query);
        try
        {
            if (lines is { IsRefused: true })
            {
                error = new TableError(new(HostErrorCodes.SyntaxError, "A name or a text in the document is too long, or has no end. Send long texts as variables."));
                return false;
            }

            if (lines is not null)
                Parse(lines.Broken);
            parsed = Parse(query);
        }
        catch (GraphQLSyntaxErrorException exception)
        {
            var (line, column) = (exception.Location.Line, exception.Location.Column);
            if (lines is not null)
                (line, column) = lines.Original(line, column);
            // Without the parser's picture of the line, which is as long as the line.
            error = new TableError(new(HostErrorCodes.SyntaxError, $"{exception.Description} (line {line}, column {column})"));
            error.AddLocation(new(line, column));
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

    private static GraphQLDocument Parse(string query) => Parser.Parse(query, new ParserOptions { Ignore = IgnoreOptions.Comments });
}
