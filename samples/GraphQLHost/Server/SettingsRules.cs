using System.Globalization;
using Microsoft.Extensions.Options;

namespace GraphQLHost.Server;

/// <summary>Checks settings when the host is built: all wrong ones of a section are told at once, each with its value and its range.</summary>
internal sealed class SettingsRules(string section, Type type)
{
    private readonly List<string> _failures = [];

    public SettingsRules Within(string setting, long value, long least, long most = int.MaxValue)
    {
        if (value < least || value > most)
            Add(setting, value.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"it must be {least:N0} to {most:N0}"));
        return this;
    }

    public SettingsRules Within(string setting, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            Add(setting, value.ToString(), $"it must be {least} to {most}");
        return this;
    }

    public SettingsRules Demand(bool isRight, string setting, string value, string must)
    {
        if (!isRight)
            Add(setting, value, must);
        return this;
    }

    /// <exception cref="OptionsValidationException">Something is wrong.</exception>
    public void Check()
    {
        if (_failures.Count > 0)
            throw new OptionsValidationException(section, type, _failures);
    }

    private void Add(string setting, string value, string must) =>
        _failures.Add($"{type.Name}.{setting} is {value}; {must} (configuration: {section}:{setting}).");
}
