using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Complexity;
using GraphQL.Validation.Rules.Custom;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>Estimates how many fields the answer will have from the page sizes asked for. Runs after validation, with variables known.</summary>
internal sealed class CostRule(GraphQLLimits limits) : ComplexityValidationRule(new ComplexityOptions
{
    DefaultComplexityImpactDelegate = field => new(1, IsList(field.FieldDefinition.ResolvedType) ? Rows(field, limits) : 1),
})
{
    protected override ValueTask ValidateComplexityAsync(ValidationContext context, double totalComplexity, int maxDepth)
    {
        if (totalComplexity > limits.MaxComplexity)
        {
            context.ReportError(new ValidationError(
                $"The answer could have {totalComplexity:F0} fields; {limits.MaxComplexity} are allowed. Ask for smaller pages or fewer fields.")
            {
                Code = HostErrorCodes.QueryTooComplex,
            });
        }

        return default;
    }

    private static double Rows(FieldImpactContext field, GraphQLLimits limits)
    {
        if (field.ParentType.Name.StartsWith("__", StringComparison.Ordinal))
            return field.FieldAst.Name.StringValue switch { "types" => 40, "fields" => 10, _ => 3 };
        // What tells the size stands on the list itself (search), or on the field around it (bags { nodes }, deleteBags { results }).
        return Asked(field, limits)
            ?? (field.Parent is { } parent && !IsList(parent.FieldDefinition.ResolvedType) ? Asked(parent, limits) : null)
            ?? limits.AssumedListSize;
    }

    private static int? Asked(FieldImpactContext field, GraphQLLimits limits) =>
        PageSize(field) is { } rows ? Math.Clamp(rows, 1, limits.MaxPageSize)
        : BatchSize(field) is { } items ? Math.Clamp(items, 1, limits.MaxBatchSize)
        : null;

    // A batch is answered item by item.
    private static int? BatchSize(FieldImpactContext field) =>
        field.Arguments?.Values.Select(argument => argument.Value).OfType<System.Collections.IList>().FirstOrDefault()?.Count;

    private static int? PageSize(FieldImpactContext field)
    {
        var arguments = field.Arguments;
        return arguments is null ? null
            : arguments.TryGetValue("first", out var first) && first.Value is int forward ? forward
            : arguments.TryGetValue("last", out var last) && last.Value is int backward ? backward
            : null;
    }

    private static bool IsList(IGraphType? type) => type switch
    {
        NonNullGraphType nonNull => IsList(nonNull.ResolvedType),
        ListGraphType => true,
        _ => false,
    };
}
