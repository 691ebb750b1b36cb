using System.Diagnostics.CodeAnalysis;
using GraphQL;
using GraphQL.Execution;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>Parses a document and measures it before validation, some of whose rules take far longer on hostile documents than parsing.</summary>
internal static class DocumentReader
{
    public static bool TryRead(
        string query, GraphQLLimits limits, [NotNullWhen(true)] out GraphQLDocument? document, [NotNullWhen(false)] out ExecutionError? error)
    {
        (document, error) = (null, null);
        try
        {
            document = Parser.Parse(query, new ParserOptions { Ignore = IgnoreOptions.Comments });
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

        error = DocumentSize.Check(NetOutline.Of(document), limits) is { } failure ? new TableError(failure) : null;
        return error is null;
    }
}
