using System.Text.Json;
using System.Text.RegularExpressions;

namespace TraceTrack.GraphQLHost.Tests.Examples;

/// <summary>One request of a .http file, with the variables not yet filled in; its title is the text behind ###.</summary>
internal sealed record HttpExample(
    string Title, string? Name, string? Refused, IReadOnlyList<string> Expected, string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, string? Body);

/// <summary>The part of the .http format that Visual Studio and REST Client for Visual Studio Code have in common.</summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);

    public List<HttpExample> Examples { get; } = [];

    public static HttpFile Parse(string text)
    {
        var file = new HttpFile();
        var parts = Separator().Split(text.ReplaceLineEndings("\n"));
        file.ReadVariables(parts[0]);
        foreach (var part in parts.Skip(1))
            file.Examples.Add(Read(part.Split('\n')));
        return file;
    }

    public void Set(string variable, string value) =>
        _variables[variable] = _variables.ContainsKey(variable) ? value : throw new InvalidOperationException($"The file has no @{variable}.");

    /// <summary>Keeps an answer for later requests.</summary>
    public void Keep(HttpExample example, string answer)
    {
        if (example.Name is { } name)
            _answers[name] = JsonElement.Parse(answer);
    }

    /// <summary>The text with every {{variable}} filled in.</summary>
    public string Fill(string text) => Variable().Replace(text, match => Fill(Value(match.Groups[1].Value.Trim())));

    private string Value(string name)
    {
        if (name.StartsWith("$processEnv ", StringComparison.Ordinal))
            return Environment.GetEnvironmentVariable(name.Split(' ')[1]) ?? "";
        var path = name.Split(".response.body.$.");
        if (path.Length == 1)
            return _variables[name];
        var value = path[1].Split('.').Aggregate(_answers[path[0]], (json, member) => json.GetProperty(member));
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }

    private void ReadVariables(string part)
    {
        foreach (var line in part.Split('\n').Where(line => line.StartsWith('@')))
        {
            var pair = line[1..].Split('=', 2);
            _variables[pair[0].Trim()] = pair[1].Trim();
        }
    }

    private static HttpExample Read(string[] lines)
    {
        var notes = lines.Skip(1).TakeWhile(line => line.StartsWith('#') || line.Length == 0).Where(line => line.Length > 0).Select(line => line[1..].Trim()).ToList();
        var request = lines.Skip(1).SkipWhile(line => line.StartsWith('#') || line.Length == 0).ToList();
        var head = request.TakeWhile(line => line.Length > 0).ToList();
        var body = string.Join('\n', request.Skip(head.Count + 1)).Trim('\n');
        var first = head[0].Split(' ', 2);
        return new(
            lines[0].Trim(),
            Notes(notes, "@name ").SingleOrDefault(),
            Notes(notes, "refused ").SingleOrDefault(),
            [.. Notes(notes, "expect ")],
            first[0],
            first[1],
            [.. head.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair[1]))],
            body.Length == 0 ? null : body + "\n");
    }

    private static IEnumerable<string> Notes(IEnumerable<string> notes, string kind) =>
        notes.Where(note => note.StartsWith(kind, StringComparison.Ordinal)).Select(note => note[kind.Length..].Trim());

    [GeneratedRegex("^### ?", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Variable();
}
