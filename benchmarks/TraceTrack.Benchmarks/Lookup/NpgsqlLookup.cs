using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Postgres;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>
/// The floor: the driver alone. It holds one connection with its statements prepared and its commands made, which nobody can who serves many
/// users; so nothing is taken from a pool, nothing tried again, and nothing checked.
/// </summary>
internal sealed class NpgsqlLookup : IAsyncDisposable
{
    /// <summary>The library's statement with the condition as one would write it.</summary>
    public const string FindMany = $"SELECT {BagSql.Columns} {BagSql.From} WHERE b.qr = ANY($1)";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _find;
    private readonly NpgsqlCommand _findMany;
    private readonly NpgsqlParameter<string> _qr = new();
    private readonly NpgsqlParameter<string[]> _qrs = new();

    private NpgsqlLookup(NpgsqlConnection connection)
    {
        _connection = connection;
        _find = new(BagSql.Find, connection) { Parameters = { _qr } };
        _findMany = new(FindMany, connection) { Parameters = { _qrs } };
    }

    public static async Task<NpgsqlLookup> OpenAsync(LookupStore store)
    {
        var lookup = new NpgsqlLookup(await store.Source.OpenConnectionAsync());
        (lookup._qr.TypedValue, lookup._qrs.TypedValue) = ("", []);
        await lookup._find.PrepareAsync();
        await lookup._findMany.PrepareAsync();
        return lookup;
    }

    public async Task<FoundBag?> FindAsync(QrCode qr)
    {
        _qr.TypedValue = qr.Value;
        await using var reader = await _find.ExecuteReaderAsync();
        return await reader.ReadAsync() ? FoundBag.Read(reader) : null;
    }

    public async Task<List<FoundBag>> FindManyAsync(QrCode[] qrs)
    {
        _qrs.TypedValue = Array.ConvertAll(qrs, qr => qr.Value);
        var found = new List<FoundBag>();
        await using var reader = await _findMany.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(FoundBag.Read(reader));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _find.DisposeAsync();
        await _findMany.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
