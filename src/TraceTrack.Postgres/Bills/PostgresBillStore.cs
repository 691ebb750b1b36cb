using Npgsql;
using TraceTrack.Bills;
using TraceTrack.Paging;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresBillStore(Database database) : IBillStore
{
    public async ValueTask<Bill?> FindAsync(BillNumber number, CancellationToken cancellationToken) =>
        (await RowsAsync(BillSql.Find, [Parameter(number.Value)], cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<Bill?>> FindManyAsync(IReadOnlyList<BillNumber> numbers, CancellationToken cancellationToken)
    {
        if (numbers.Count == 0)
            return [];
        var values = numbers.Select(number => number.Value).ToArray();
        var found = (await RowsAsync(BillSql.FindMany, [Parameter(values)], cancellationToken).ConfigureAwait(false)).ToDictionary(bill => bill.Number);
        return [.. numbers.Select(found.GetValueOrDefault)];
    }

    public async ValueTask<IReadOnlyList<Bill>> ListAsync(BillFilter filter, Slice<BillPosition> slice, CancellationToken cancellationToken)
    {
        var parts = BillListParts.None;
        var parameters = new List<NpgsqlParameter>(7);
        if (filter.Status is { } status)
        {
            parts |= BillListParts.Status;
            parameters.Add(Parameter((short)status));
        }

        if (filter.CreatedBy is { } creator)
        {
            parts |= BillListParts.CreatedBy;
            parameters.Add(Parameter(creator));
        }

        if (!filter.Created.IsAll)
        {
            parts |= BillListParts.Created;
            parameters.AddRange(Range(filter.Created));
        }

        if (slice.From is { } from)
        {
            parts |= BillListParts.From;
            parameters.Add(Parameter(from.CreatedAt));
            parameters.Add(Parameter(from.Id));
        }

        if (slice.Backward)
            parts |= BillListParts.Backward;
        parameters.Add(Parameter((long)slice.Count));
        return await RowsAsync(BillSql.List(parts), [.. parameters], cancellationToken).ConfigureAwait(false);
    }

    // Not repeated after a lost connection: the first attempt may have created the bill, and the second would call it a duplicate.
    public ValueTask<Bill?> CreateAsync(CreateBill command, string createdBy, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.RolledBack,
            (Sql: database.Sql(BillSql.Create), command, createdBy),
            static async (connection, args, token) =>
            {
                var insert = connection.Command(
                    args.Sql, Parameter(args.command.Number.Value), Parameter(args.command.Capacity), Parameter(args.createdBy), Parameter(TotalsSlot.Pick()));
                await using var _ = insert.ConfigureAwait(false);
                return (await insert.ReadAllAsync(BillReader.Read, token).ConfigureAwait(false)).FirstOrDefault();
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<BillCommit>> ChangeManyAsync(
        IReadOnlyList<BillNumber> numbers, Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.RolledBack,
            (Database: database, Numbers: numbers.Select(number => number.Value).Distinct(StringComparer.Ordinal).ToArray(), decide),
            static (connection, args, token) => new BillTransaction(connection, args.Database, args.Numbers).RunAsync(args.decide, token),
            cancellationToken);

    private ValueTask<List<Bill>> RowsAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(sql, parameters, BillReader.Read, cancellationToken);
}
