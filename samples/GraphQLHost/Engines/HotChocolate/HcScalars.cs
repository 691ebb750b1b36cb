using HotChocolate.Language;
using HotChocolate.Types;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>Decimal with three places; as input any number.</summary>
internal sealed class WeightScalar(string? description) : DecimalType("Decimal", description, bind: BindingBehavior.Implicit)
{
    public override object? Serialize(object? runtimeValue) => runtimeValue is decimal number ? ScalarFormats.Decimal(number) : base.Serialize(runtimeValue);
}

/// <summary>DateTime as <see cref="ScalarFormats"/> has it.</summary>
internal sealed class TimeScalar : ScalarType<DateTimeOffset, StringValueNode>
{
    public TimeScalar(string? description)
        : base("DateTime", BindingBehavior.Implicit) => Description = description;

    public override IValueNode ParseResult(object? resultValue) => resultValue switch
    {
        null => NullValueNode.Default,
        string text => new StringValueNode(text),
        DateTimeOffset time => ParseValue(time),
        _ => throw Wrong(),
    };

    public override bool TrySerialize(object? runtimeValue, out object? resultValue)
    {
        resultValue = runtimeValue is DateTimeOffset time ? ScalarFormats.Time(time) : null;
        return runtimeValue is null or DateTimeOffset;
    }

    public override bool TryDeserialize(object? resultValue, out object? runtimeValue)
    {
        runtimeValue = resultValue is string text && ScalarFormats.TryParseTime(text, out var time) ? time : null;
        return resultValue is null || runtimeValue is not null;
    }

    protected override bool IsInstanceOfType(StringValueNode valueSyntax) => ScalarFormats.TryParseTime(valueSyntax.Value, out _);

    protected override DateTimeOffset ParseLiteral(StringValueNode valueSyntax) =>
        ScalarFormats.TryParseTime(valueSyntax.Value, out var time) ? time : throw Wrong();

    protected override StringValueNode ParseValue(DateTimeOffset runtimeValue) => new(ScalarFormats.Time(runtimeValue));

    private SerializationException Wrong() => new("A DateTime is an ISO 8601 moment with an offset or Z, such as 2026-11-03T10:15:30Z.", this);
}
