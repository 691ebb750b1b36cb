using System.Globalization;
using System.Text.RegularExpressions;
using TraceTrack.Postgres;

namespace TraceTrack.LoadTest.Scans;

/// <summary>
/// The statements of the library's own scan path (one Link of a known, loose child), as a script for pgbench: the same two pipelines, with
/// the parameters written as expressions. What is left out is all that is ours: deciding, encoding, pooling, retries.
/// </summary>
internal static partial class ScanScript
{
    private const string Child = "'CB' || :child";
    private const string Parent = "'SB' || :parent";
    private const string Codes = $"ARRAY[{Child}, {Parent}]";
    // Made of the child's number: of a function that gives another value each time, an index could not be asked.
    private const string Id = "('00000000-0000-7000-8000-0000' || :child)::uuid";
    private const string ChildId = "(:first + 2 * (:childrow))";
    private const string ParentId = "(:first + 2 * (:parentrow))";

    /// <summary>Each client links its own children, thirty to a parent of its own, from where the run before ended.</summary>
    public static string Of(string schema, ScanPlan plan) => $"""
        \set at {plan.At} + :i
        \set i :i + 1
        \set child {ScanPlan.FirstChild} + :client_id * {plan.PerScanner} + :at
        \set parent {ScanPlan.FirstParent} + :client_id * {plan.ParentsPerScanner} + :at / {ScanPlan.Capacity}
        \set count :at % {ScanPlan.Capacity} + 1
        \set childrow {plan.Parents} + :child - {ScanPlan.FirstChild} + 1
        \set parentrow :parent - {ScanPlan.FirstParent} + 1
        \set first {plan.FirstId}
        \set slot random(0, {TotalsSlot.Count - 1})
        \startpipeline
        {TransactionSql.Begin};
        {string.Join(";\n", TransactionSql.OfScans)};
        {Fill(ScanSql.Register, Codes, "ARRAY[2, 1]::smallint[]")};
        {Fill(ScanSql.LockBags, Codes)};
        {Fill(ScanSql.ReadBags, Codes)};
        {Fill(ScanSql.ReadReceipts, $"ARRAY[{Id}]")};
        {Fill(ScanSql.Draw, "1", "4")};
        \endpipeline
        \startpipeline
        {Fill(
            ScanSql.UpdateBags,
            $"ARRAY[{ChildId}, {ParentId}]::bigint[]", "ARRAY[1, CASE WHEN :count = 30 THEN 2 ELSE 0 END]::smallint[]", "ARRAY[NULL, NULL]::text[]",
            "ARRAY[1000, 0]::integer[]", "ARRAY[0, :count]::smallint[]", "ARRAY[0, 1000 * :count]::bigint[]", $"ARRAY[{ParentId}, NULL]::bigint[]",
            "ARRAY[now(), NULL]::timestamptz[]", "ARRAY[NULL, NULL]::bigint[]", "ARRAY[now(), now()]::timestamptz[]", "ARRAY[now(), now()]::timestamptz[]",
            "ARRAY[:child, :child]::bigint[]")};
        {Fill(
            ScanSql.Append,
            "ARRAY[nextval('tracetrack.scan_id_seq')]", "ARRAY[now()]", "ARRAY[now()]", $"ARRAY[{Id}]", "ARRAY[2]::smallint[]", "ARRAY[1]::smallint[]",
            "ARRAY[NULL]::smallint[]", $"ARRAY[{Child}]", $"ARRAY[{Parent}]", "ARRAY[NULL]::text[]", "ARRAY[NULL]::text[]",
            "ARRAY['floor' || :client_id]", "ARRAY[NULL]::text[]", "ARRAY[NULL]::text[]", "ARRAY[NULL]::uuid[]")};
        {Fill(
            ScanSql.KeepReceipts,
            $"ARRAY[{Id}]", $"ARRAY[{Id}]", "ARRAY[now()]", "ARRAY[:child]::bigint[]", "ARRAY[1]::smallint[]",
            "ARRAY[NULL]::smallint[]", "ARRAY['floor' || :client_id]", "ARRAY[NULL]::text[]")};
        {Fill(TotalsSql.Add, ":slot", "0", "0", "0", "0", "1", "0")};
        {TransactionSql.Commit};
        \endpipeline

        """.Replace("tracetrack.", schema + ".", StringComparison.Ordinal);

    private static string Fill(string sql, params string[] values) =>
        Number().Replace(sql, match => values[int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture) - 1]);

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Number();
}
