namespace TraceTrack.LoadTest.Micro;

/// <summary>The figures of several runs of one class.</summary>
/// <param name="least">
/// The fastest iteration counts: right for what never waits and allocates nothing, since other work on the computer can only make it slower.
/// Else the median, which has its share of the garbage collector's time.
/// </param>
internal sealed class MicroRounds(bool least)
{
    private readonly List<Dictionary<(string Parameters, string Method), MicroFigure>> _rounds = [];

    public IEnumerable<string> Parameters => _rounds[0].Keys.Select(key => key.Parameters).Distinct(StringComparer.Ordinal);

    public void Add(IEnumerable<MicroFigure> figures) => _rounds.Add(figures.ToDictionary(figure => (figure.Parameters, figure.Method)));

    public IEnumerable<string> SubjectsOf(string parameters) => _rounds[0].Keys.Where(key => key.Parameters == parameters).Select(key => key.Method);

    public double Nanoseconds(string parameters, string method) => Median(round => Of(round[(parameters, method)]));

    /// <value>The least of the rounds: what other threads allocate meanwhile counts too.</value>
    public double Bytes(string parameters, string method) => _rounds.Min(round => round[(parameters, method)].Bytes);

    /// <summary>Of what ran in the same round.</summary>
    public double Ratio(string parameters, string method, string floor) =>
        Median(round => Of(round[(parameters, method)]) / Of(round[(parameters, floor)]));

    private double Of(MicroFigure figure) => least ? figure.Least : figure.Median;

    private double Median(Func<Dictionary<(string, string), MicroFigure>, double> figure) => Work.Median([.. _rounds.Select(figure)]);
}
