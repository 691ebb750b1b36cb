using System.Globalization;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>
/// The least anyone could do: psql copies rows that are finished already (ids, links, counts) into a bare table, in the binary format,
/// which is faster than its text, and builds the same indexes. Nothing is checked, analyzed or counted.
/// </summary>
internal sealed class FloorSubject(BulkServer server, string file) : IBulkSubject
{
    public string Name => "floor";

    public Task PrepareAsync(string schema, CancellationToken cancellationToken) =>
        server.ExecuteAsync($"CREATE SCHEMA {schema}; CREATE TABLE {schema}.bag (LIKE {BulkServer.Model}.bag) WITH (fillfactor = 90)", cancellationToken);

    public async Task<string> LoadAsync(string schema, CancellationToken cancellationToken)
    {
        var times = await server.PsqlAsync(
            [
                "SELECT extract(epoch FROM clock_timestamp())",
                $"\\copy {schema}.bag FROM '{file}' WITH (FORMAT BINARY)",
                "SELECT extract(epoch FROM clock_timestamp())",
                "SET maintenance_work_mem = '256MB'",
                .. await server.IndexesAsync(schema, cancellationToken),
                "SELECT extract(epoch FROM clock_timestamp())",
            ],
            cancellationToken);
        var points = times.Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"copy {points[1] - points[0]:0.00}, indexes {points[2] - points[1]:0.00}");
    }
}
