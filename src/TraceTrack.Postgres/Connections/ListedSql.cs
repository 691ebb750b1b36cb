namespace TraceTrack.Postgres;

/// <summary>Conditions by a list of codes.</summary>
internal static class ListedSql
{
    /// <summary>
    /// <c>= ANY($1)</c>, planned once a connection whatever the length of the list. The server takes a parameter's list to hold ten codes, so for a
    /// shorter one it finds a plan for just that list cheaper and makes a new one each time, which takes five times as long as the look-up. What a
    /// sub-query returns it cannot look into, and the plan it keeps is the right one for any length.
    /// </summary>
    public const string Codes = "ANY((SELECT $1::text[])::text[])";
}
