using System.Linq.Expressions;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.Mapping;
using LinqToDB.Metadata;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>linq2db with compiled queries, and a connection of the pool for each look-up.</summary>
internal sealed class LinqToDbLookup(LookupStore store)
{
    private static readonly Func<DataConnection, string, Task<FoundBag?>> Find =
        CompiledQuery.Compile((DataConnection db, string qr) => All(db).SingleOrDefaultAsync(bag => bag.Qr == qr, default));

    private static readonly Func<DataConnection, string[], Task<List<FoundBag>>> FindMany =
        CompiledQuery.Compile((DataConnection db, string[] qrs) => All(db).Where(bag => qrs.Contains(bag.Qr)).ToListAsync(default));

    private readonly DataOptions _options = new DataOptions()
        .UsePostgreSQL(store.ConnectionString, PostgreSQLVersion.v15)
        .UseMappingSchema(Mapping());

    public async Task<FoundBag?> FindAsync(QrCode qr)
    {
        await using var db = new DataConnection(_options);
        return await Find(db, qr.Value);
    }

    public async Task<List<FoundBag>> FindManyAsync(QrCode[] qrs)
    {
        await using var db = new DataConnection(_options);
        return await FindMany(db, Array.ConvertAll(qrs, qr => qr.Value));
    }

    [ExpressionMethod(nameof(AllBags))]
    private static IQueryable<FoundBag> All(DataConnection db) => throw new InvalidOperationException("Of queries only.");

    private static Expression<Func<DataConnection, IQueryable<FoundBag>>> AllBags() => db =>
        from b in db.GetTable<BagTable>()
        from p in db.GetTable<BagTable>().LeftJoin(p => p.Id == b.ParentId)
        from l in db.GetTable<LoadTable>().LeftJoin(l => l.BagId == b.Id)
        from n in db.GetTable<BillTable>().LeftJoin(n => n.Id == l.BillId)
        select new FoundBag
        {
            Id = b.Id,
            Qr = b.Qr,
            Kind = b.Kind,
            Status = b.Status,
            Area = b.Area,
            WeightGrams = b.WeightGrams,
            ChildCount = b.ChildCount,
            ContentGrams = b.ContentGrams,
            ParentId = b.ParentId,
            ParentQr = p.Qr,
            LinkedAt = b.LinkedAt,
            BillId = (long?)l.BillId,
            BillNumber = n.Number,
            ImportId = b.ImportId,
            CreatedAt = b.CreatedAt,
            ChangedAt = b.ChangedAt,
            Version = b.Version,
        };

    /// <summary>By the attributes that EF Core goes by.</summary>
    private static MappingSchema Mapping()
    {
        var schema = new MappingSchema();
        schema.AddMetadataReader(new SystemComponentModelDataAnnotationsSchemaAttributeReader());
        return schema;
    }
}
