using System.Globalization;
using GraphQLHost.Engines;
using GraphQLHost.Http;

namespace GraphQLHost.Bulk;

/// <summary>The parameters behind a path. An unknown one is refused: a misspelt dryRun must not import.</summary>
internal sealed class BulkQuery
{
    private readonly IQueryCollection _query;

    /// <exception cref="HttpFailure">400.</exception>
    public BulkQuery(IQueryCollection query, params string[] known)
    {
        _query = query;
        if (query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw HttpFailure.BadRequest($"The parameter {unknown} is unknown. Known are {string.Join(", ", known)}.");
    }

    /// <returns>Null when it is left out or empty.</returns>
    public string? Text(string name)
    {
        var values = _query[name];
        if (values.Count > 1)
            throw HttpFailure.BadRequest($"The parameter {name} is there twice.");
        return string.IsNullOrEmpty(values) ? null : values.ToString();
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        // By name only: a number is no choice, although the enum would take it.
        var names = Enum.GetNames<T>();
        var place = Array.FindIndex(names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        return place >= 0
            ? Enum.Parse<T>(names[place])
            : throw HttpFailure.BadRequest($"The parameter {name} is one of {string.Join(", ", names.Select(known => known.ToLowerInvariant()))}.");
    }

    public bool Flag(string name) => Text(name) is { } text
        && (bool.TryParse(text, out var flag) ? flag : throw HttpFailure.BadRequest($"The parameter {name} is true or false."));

    public int? Number(string name, int most) => Text(name) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw HttpFailure.BadRequest($"The parameter {name} is a number from 1 to {most}.");

    public DateTimeOffset? Time(string name) => Text(name) is not { } text
        ? null
        : ScalarFormats.TryParseTime(text, out var time)
            ? time
            : throw HttpFailure.BadRequest($"The parameter {name} is a moment with its offset such as 2026-03-01T00:00:00Z; a + is written %2B.");

    public Guid? Id(string name) => Text(name) is not { } text
        ? null
        : Guid.TryParse(text, out var id) && id != Guid.Empty
            ? id
            : throw HttpFailure.BadRequest($"The parameter {name} is a UUID such as 0199c1de-0000-7000-8000-000000000001.");
}
