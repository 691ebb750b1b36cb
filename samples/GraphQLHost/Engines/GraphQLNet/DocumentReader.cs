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
            error = TooDeep(limits.MaxDepth);
            return false;
        }

        error = document.Definitions.Count == 0
            ? new TableError(new(HostErrorCodes.SyntaxError, "The document is empty."))
            : Measure(document, limits);
        return error is null;
    }

    private static TableError? Measure(GraphQLDocument document, GraphQLLimits limits)
    {
        if (document.Definitions.Count > limits.MaxDefinitions)
            return new(new(HostErrorCodes.QueryTooComplex, $"A document holds at most {limits.MaxDefinitions} operations and fragments."));
        var size = new DocumentSize(document).OfOperations();
        if (size.Fields > limits.MaxFields)
            return new(new(HostErrorCodes.QueryTooComplex, $"A document holds at most {limits.MaxFields} fields, directives and variables, those of spread fragments counted each time."));
        if (size.Depth > limits.MaxDepth)
            return TooDeep(limits.MaxDepth);
        return size.IntrospectionDepth > limits.MaxIntrospectionDepth || size.IntrospectionLists > DocumentSize.MaxIntrospectionLists
            ? new(new(HostErrorCodes.QueryTooDeep, "The introspection goes too deep."))
            : null;
    }

    private static TableError TooDeep(int max) =>
        new(new(HostErrorCodes.QueryTooDeep, $"Fields may be nested at most {max} deep."));
}
