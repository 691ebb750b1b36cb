namespace TraceTrack.Postgres;

internal sealed class PostgresStoreIdentity(Database database) : IStoreIdentity
{
    public async ValueTask<Guid> ReadAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync(MigrationSql.StoreId, [], row => row.GetGuid(0), cancellationToken).ConfigureAwait(false))[0];
}
