using System.Text.Json;

namespace TraceTrack.LoadTest.Host;

/// <summary>What an answer says about what was asked; read in one pass and without making objects of it.</summary>
internal ref struct Answer
{
    /// <summary>The first code of a bag, or number of a bill.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>The last one.</summary>
    public ReadOnlySpan<byte> LastName;

    /// <summary>How many bags or bills there are.</summary>
    public int Names;

    /// <summary>Whether each code is greater than the one before.</summary>
    public bool IsOrdered;

    /// <summary>The first error's code, or what else is wrong.</summary>
    public string? Error;

    public int ChildCount;
    public int Capacity;
    public long Bags;
    public long Parents;
    public long Children;
    public ReadOnlySpan<byte> Outcome;
    public ReadOnlySpan<byte> Text;

    /// <param name="status">The status line's.</param>
    /// <param name="json">The body.</param>
    /// <param name="name">The property that names what was asked for: qr or number.</param>
    public static Answer Read(int status, ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var answer = new Answer { IsOrdered = true, ChildCount = -1, Capacity = -1 };
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals(name))
                answer.AddName(Value(ref reader));
            else if (reader.ValueTextEquals("childCount"u8))
                answer.ChildCount = answer.ChildCount < 0 ? (int)Number(ref reader) : answer.ChildCount;
            else if (reader.ValueTextEquals("capacity"u8))
                answer.Capacity = (int)Number(ref reader);
            else if (reader.ValueTextEquals("outcome"u8))
                answer.Outcome = Value(ref reader);
            else if (reader.ValueTextEquals("token"u8) || reader.ValueTextEquals("endCursor"u8))
                answer.Text = Value(ref reader);
            else if (reader.ValueTextEquals("code"u8))
                answer.Error ??= System.Text.Encoding.UTF8.GetString(Value(ref reader));
            else if (reader.ValueTextEquals("bags"u8))
                answer.Bags = Number(ref reader);
            else if (reader.ValueTextEquals("parents"u8))
                answer.Parents = Number(ref reader);
            else if (reader.ValueTextEquals("children"u8))
                answer.Children = Number(ref reader);
        }

        if (status != 200)
            answer.Error ??= string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HTTP {status}");
        return answer;
    }

    private void AddName(ReadOnlySpan<byte> value)
    {
        if (Names++ == 0)
            Name = value;
        else if (value.SequenceCompareTo(LastName) <= 0)
            IsOrdered = false;
        LastName = value;
    }

    private static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String ? reader.ValueSpan : default;
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : -1;
    }
}
