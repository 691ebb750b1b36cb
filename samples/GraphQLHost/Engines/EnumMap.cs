using System.Text;

namespace GraphQLHost.Engines;

/// <summary>Members of a C# enum by the names the schema gives them.</summary>
internal sealed class EnumMap(string name, Type type, IReadOnlyDictionary<string, object> members)
{
    private readonly Dictionary<object, string> _names = members.ToDictionary(member => member.Value, member => member.Key);

    public Type Type { get; } = type;

    /// <summary>Members by the names the schema gives them.</summary>
    public IReadOnlyDictionary<string, object> Members => members;

    /// <summary>The name the schema gives a member.</summary>
    public string NameOf(object member) => _names[member];

    public static EnumMap Of<T>(string name)
        where T : struct, Enum =>
        new(name, typeof(T), System.Enum.GetValues<T>().ToDictionary(member => UpperSnake(member.ToString()), member => (object)member, StringComparer.Ordinal));

    /// <summary>The member behind each value of the schema.</summary>
    /// <exception cref="InvalidOperationException">One side has a name the other lacks.</exception>
    public IReadOnlyDictionary<string, object> Match(IEnumerable<string> values)
    {
        var difference = members.Keys.ToHashSet(StringComparer.Ordinal);
        difference.SymmetricExceptWith(values);
        return difference.Count == 0
            ? members
            : throw new InvalidOperationException($"The enum {name} and {Type.Name} disagree about {string.Join(", ", difference)}.");
    }

    private static string UpperSnake(string member)
    {
        var text = new StringBuilder();
        foreach (var c in member)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToUpperInvariant(c));
        }

        return text.ToString();
    }
}
