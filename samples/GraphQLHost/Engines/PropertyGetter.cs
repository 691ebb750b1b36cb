using System.Linq.Expressions;
using System.Reflection;

namespace GraphQLHost.Engines;

/// <summary>Reads a property of an object whose type is known only when the host starts; compiled then, so that reading needs no reflection.</summary>
internal static class PropertyGetter
{
    /// <returns>Null when the type has no such property. The field qr reads the property Qr.</returns>
    public static Func<object, object?>? Compile(Type type, string field)
    {
        var property = type.GetProperty(char.ToUpperInvariant(field[0]) + field[1..], BindingFlags.Public | BindingFlags.Instance);
        if (property?.GetMethod is null)
            return null;
        var source = Expression.Parameter(typeof(object));
        var read = Expression.Property(Expression.Convert(source, type), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), source).Compile();
    }
}
