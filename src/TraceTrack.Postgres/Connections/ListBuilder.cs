using System.Globalization;
using System.Text;

namespace TraceTrack.Postgres;

/// <summary>
/// Puts a list statement together from constant parts, numbering its parameters as they come. A statement for each combination of filters
/// lets the planner see just the conditions that hold, and so take the index that fits.
/// </summary>
internal sealed class ListBuilder(string select)
{
    private readonly StringBuilder _sql = new(select + "\n");
    private string _word = "WHERE ";
    private int _number;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"${++_number}");

    public void And(string condition)
    {
        _sql.Append(_word).Append(condition).Append('\n');
        _word = "AND ";
    }

    public string OrderBy(string columns) => OrderBy(columns, out _);

    /// <param name="columns">The order.</param>
    /// <param name="limit">The parameter of the most rows, for a statement around this one.</param>
    public string OrderBy(string columns, out string limit) =>
        _sql.Append(CultureInfo.InvariantCulture, $"ORDER BY {columns} LIMIT {limit = Next()}").ToString();
}
