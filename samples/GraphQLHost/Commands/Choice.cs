using System.CommandLine;

namespace GraphQLHost.Commands;

/// <summary>Options that take one of the names of an enum, in lower case.</summary>
internal static class Choice
{
    public static Option<string?> Option<T>(string name, string description)
        where T : struct, Enum
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', Names<T>()) };
        option.AcceptOnlyFromAmong(Names<T>());
        return option;
    }

    /// <summary>What was chosen; null when the option was left out.</summary>
    public static T? Value<T>(ParseResult parsed, Option<string?> option)
        where T : struct, Enum => parsed.GetValue(option) is { } name ? Enum.Parse<T>(name, ignoreCase: true) : null;

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}
