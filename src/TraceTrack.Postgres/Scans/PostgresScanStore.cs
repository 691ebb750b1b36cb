using Npgsql;
using TraceTrack.Scans;

namespace TraceTrack.Postgres;

internal sealed class PostgresScanStore(Database database) : IScanStore
{
    // Repeatable, though it writes: a scan whose commit got lost on the way is answered from its receipt.
    public ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.Repeatable,
            (Database: database, request, decide),
            static async (connection, args, token) =>
            {
                try
                {
                    return await new ScanTransaction(connection, args.Database, args.request).RunAsync(args.decide, token).ConfigureAwait(false);
                }
                catch (PostgresException error) when (error is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "scan_receipt" })
                {
                    // The same id was recorded at the same time with other codes, so no lock kept the two apart; now its receipt is there.
                    throw new StaleLocksException();
                }
            },
            cancellationToken);
}
