using System.Globalization;
using Microsoft.Extensions.Options;

namespace GraphQLHost.Engines;

/// <summary>Limits that make sense, checked when they are registered: with a wrong one, every request would fail in a way of its own.</summary>
internal static class GraphQLLimitsRules
{
    /// <exception cref="OptionsValidationException">Names each wrong setting with its value and its range.</exception>
    public static void Check(GraphQLLimits limits)
    {
        var errors = new List<string>();
        void AtLeast(int least, int value, string setting)
        {
            if (value < least)
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(GraphQLLimits)}.{setting} is {value}; it must be {least} or more (configuration: {GraphQLLimits.ConfigurationSection}:{setting})."));
        }

        AtLeast(1, limits.MaxRequestBytes, nameof(limits.MaxRequestBytes));
        AtLeast(1, limits.MaxDocumentBytes, nameof(limits.MaxDocumentBytes));
        AtLeast(1, limits.MaxDepth, nameof(limits.MaxDepth));
        AtLeast(1, limits.MaxIntrospectionDepth, nameof(limits.MaxIntrospectionDepth));
        AtLeast(1, limits.MaxFields, nameof(limits.MaxFields));
        AtLeast(1, limits.MaxDefinitions, nameof(limits.MaxDefinitions));
        AtLeast(1, limits.MaxComplexity, nameof(limits.MaxComplexity));
        AtLeast(1, limits.MaxValidationErrors, nameof(limits.MaxValidationErrors));
        AtLeast(1, limits.MaxPageSize, nameof(limits.MaxPageSize));
        AtLeast(1, limits.MaxBatchSize, nameof(limits.MaxBatchSize));
        AtLeast(1, limits.AssumedListSize, nameof(limits.AssumedListSize));
        AtLeast(0, limits.CachedDocuments, nameof(limits.CachedDocuments));
        AtLeast(0, limits.CachedDocumentLength, nameof(limits.CachedDocumentLength));
        // The longest that a timer takes.
        if (limits.Timeout <= TimeSpan.Zero || limits.Timeout.TotalMilliseconds > int.MaxValue)
            errors.Add($"{nameof(GraphQLLimits)}.{nameof(limits.Timeout)} is {limits.Timeout}; it must be above zero and below 24 days (configuration: {GraphQLLimits.ConfigurationSection}:{nameof(limits.Timeout)}).");
        if (errors.Count > 0)
            throw new OptionsValidationException(nameof(GraphQLLimits), typeof(GraphQLLimits), errors);
    }
}
