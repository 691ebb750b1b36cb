using System.Collections.Frozen;
using System.Text.Json;

namespace TraceTrack.Diagnostics;

/// <summary>Values of enums as tags have them: ParentFull is <c>parent_full</c>.</summary>
internal static class TagValue
{
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.All.GetValueOrDefault(value, "other");

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
