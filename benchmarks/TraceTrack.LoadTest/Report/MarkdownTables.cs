using System.Globalization;
using System.Text;

namespace TraceTrack.LoadTest.Report;

/// <summary>A bench's figures as a table: a row for each case and metric, a column for each subject.</summary>
internal static class MarkdownTables
{
    public static string Of(BenchFile file)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {file.Name}\n\n`{file.Command}`, {file.When.UtcDateTime:yyyy-MM-dd HH:mm} UTC. {file.Machine}.\n\n");
        // Tables of one kind of subjects each: what a ratio is of stands in its subject.
        foreach (var group in file.Rows.GroupBy(row => row.Case, StringComparer.Ordinal).GroupBy(rows => string.Join(" | ", Subjects(rows)), StringComparer.Ordinal))
        {
            var subjects = Subjects(group.First()).ToArray();
            text.Append(CultureInfo.InvariantCulture, $"| case | metric | {group.Key} |\n|---|---|{string.Concat(Enumerable.Repeat("---|", subjects.Length))}\n");
            foreach (var @case in group)
            {
                foreach (var metric in @case.GroupBy(row => row.Metric, StringComparer.Ordinal))
                    text.Append(CultureInfo.InvariantCulture, $"| {@case.Key} | {metric.Key} | {string.Join(" | ", subjects.Select(subject => Cell(metric, subject)))} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Subjects(IEnumerable<BenchRow> rows) => rows.Select(row => row.Subject).Distinct(StringComparer.Ordinal);

    private static string Cell(IEnumerable<BenchRow> rows, string subject) =>
        rows.FirstOrDefault(row => row.Subject == subject) is { } row ? $"{Numbers.Text(row.Value)} {row.Unit}".TrimEnd() : "";
}
