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
            (Database: database, command, createdBy),
            static (connection, args, token) => CreateAsync(connection, args.Database, args.command, args.createdBy, token),
            cancellationToken);

    public ValueTask<IReadOnlyList<BillCommit>> ChangeManyAsync(
        IReadOnlyList<BillNumber> numbers, Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken) =>
        RunAsync([.. numbers.Select(number => number.Value).Distinct(StringComparer.Ordinal)], decide, static (work, decide, token) => work.RunAsync(decide, token), cancellationToken);

    public ValueTask<BillCommit?> RecountAsync(
        BillNumber number, Func<BillState, IReadOnlyList<ParentContent>, BillChange?> decide, CancellationToken cancellationToken) =>
        RunAsync([number.Value], decide, static (work, decide, token) => work.RecountAsync(decide, token), cancellationToken);

    public async ValueTask<IReadOnlyList<BillerSummary>> SummarizeAsync(TimeRange created, CancellationToken cancellationToken) =>
        await database.ReadAsync(BillSql.Summarize, [.. Range(created)], BillReader.ReadSummary, cancellationToken).ConfigureAwait(false);

    private static async ValueTask<Bill?> CreateAsync(
        NpgsqlConnection connection, Database database, CreateBill command, string createdBy, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(TransactionSql.Begin)
            .Add(database.Sql(BillSql.Take), Parameter(command.Number.Value), Parameter(command.Capacity), Parameter(createdBy))
            .Add(database.Sql(BillSql.Create), Parameter(command.Number.Value), Parameter(TotalsSlot.Pick()))
            .Add(TransactionSql.Commit);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var created = new List<Bill>();
        await reader.ReadAllAsync(created, BillReader.Read, cancellationToken).ConfigureAwait(false);
        // Whether it is committed is known when the last answer is read.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return created.SingleOrDefault();
    }

    private ValueTask<T> RunAsync<TDecide, T>(
        string[] numbers, TDecide decide, Func<BillTransaction, TDecide, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.RolledBack,
            (Database: database, numbers, decide, work),
            static (connection, args, token) => args.Database.WhileStaleAsync(
                (Connection: connection, args.Database, args.numbers, args.decide, args.work, Token: token),
                static (args, _) => args.work(new(args.Connection, args.Database, args.numbers), args.decide, args.Token)),
            cancellationToken);

    private ValueTask<List<Bill>> RowsAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(sql, parameters, BillReader.Read, cancellationToken);
}
