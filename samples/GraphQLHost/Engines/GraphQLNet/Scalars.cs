using GraphQL.Types;
using GraphQLParser.AST;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>Decimal with three places; as input any number.</summary>
internal sealed class WeightScalar : DecimalGraphType
{
    public override object? Serialize(object? value) =>
        value is decimal number ? ScalarFormats.Decimal(number) : base.Serialize(value);
}

/// <summary>DateTime as <see cref="ScalarFormats"/> has it.</summary>
internal sealed class TimeScalar : ScalarGraphType
{
    public override object? Serialize(object? value) => value switch
    {
        DateTimeOffset time => ScalarFormats.Time(time),
        null => null,
        _ => ThrowSerializationError(value),
    };

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLStringValue text => Parse(text.Value.ToString()),
        GraphQLNullValue => null,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value switch
    {
        string text => Parse(text),
        null => null,
        _ => ThrowValueConversionError(value),
    };

    private static DateTimeOffset Parse(string text) => ScalarFormats.TryParseTime(text, out var time)
        ? time
        : throw new FormatException("A DateTime is an ISO 8601 moment with an offset or Z, such as 2026-11-03T10:15:30Z.");
}
