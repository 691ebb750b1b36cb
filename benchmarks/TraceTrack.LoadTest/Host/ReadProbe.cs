namespace TraceTrack.LoadTest.Host;

/// <summary>Which reads PostgreSQL had no part in: asked one by one, when caches are as the users left them, with a look at PostgreSQL after each.</summary>
internal sealed class ReadProbe
{
    private readonly int[] _asked = new int[Mix.Operations.Count];
    private readonly int[] _without = new int[Mix.Operations.Count];

    /// <summary>Of all, in percent; the operations in the proportions of the mix.</summary>
    public double WithoutDatabase => 100.0 * _without.Sum() / _asked.Sum();

    public double Of(Operation operation) => 100.0 * _without[(int)operation] / _asked[(int)operation];

    public string Text => string.Join(", ", Mix.Operations.Where(operation => _asked[(int)operation] > 0).Select(operation =>
        FormattableString.Invariant($"{operation.Text()} {Of(operation):0} %")));

    public void Add(Operation operation, bool touchedDatabase)
    {
        _asked[(int)operation]++;
        if (!touchedDatabase)
            _without[(int)operation]++;
    }

    /// <param name="users">Ask in turn.</param>
    /// <param name="database">The server's.</param>
    /// <param name="hundreds">How many hundreds of the mix, of which only the reads are asked.</param>
    /// <param name="cancellation">Cancels it.</param>
    public static async Task<ReadProbe> RunAsync(IReadOnlyList<BenchUser> users, BenchDatabase database, int hundreds, CancellationToken cancellation)
    {
        var probe = new ReadProbe();
        var deck = new Deck(new Random(0));
        var before = await LastStatementAsync(database, cancellation);
        for (var i = 0; i < 100 * hundreds; i++)
        {
            var operation = deck.Draw();
            if (!operation.IsRead())
                continue;
            await users[i % users.Count].AskAsync(operation, cancellation);
            var after = await LastStatementAsync(database, cancellation);
            probe.Add(operation, after > before);
            before = Math.Max(before, after);
        }

        return probe;
    }

    /// <summary>When the server that is measured last began a statement, in microseconds. Told from PostgreSQL's shared memory, so at once.</summary>
    private static Task<long> LastStatementAsync(BenchDatabase database, CancellationToken cancellation) => database.ScalarAsync<long>(
        """
        SELECT coalesce((extract(epoch FROM max(query_start)) * 1000000)::bigint, 0) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'TraceTrack'
        """,
        cancellation);
}
