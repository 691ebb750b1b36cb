using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>EF Core as fast as it goes: compiled queries, pooled contexts, nothing tracked.</summary>
internal sealed class EfCoreLookup
{
    private static readonly Func<LookupContext, string, Task<FoundBag?>> Find = EF.CompileAsyncQuery((LookupContext db, string qr) => (
        from b in db.Bags
        join p in db.Bags on b.ParentId equals p.Id into parents
        from p in parents.DefaultIfEmpty()
        join l in db.Loads on b.Id equals l.BagId into loads
        from l in loads.DefaultIfEmpty()
        join n in db.Bills on l.BillId equals n.Id into bills
        from n in bills.DefaultIfEmpty()
        where b.Qr == qr
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
        }).SingleOrDefault());

    private static readonly Func<LookupContext, string[], IAsyncEnumerable<FoundBag>> FindMany = EF.CompileAsyncQuery((LookupContext db, string[] qrs) =>
        from b in db.Bags
        join p in db.Bags on b.ParentId equals p.Id into parents
        from p in parents.DefaultIfEmpty()
        join l in db.Loads on b.Id equals l.BagId into loads
        from l in loads.DefaultIfEmpty()
        join n in db.Bills on l.BillId equals n.Id into bills
        from n in bills.DefaultIfEmpty()
        where qrs.Contains(b.Qr)
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
        });

    private readonly PooledDbContextFactory<LookupContext> _contexts;

    public EfCoreLookup(LookupStore store) => _contexts = new(
        new DbContextOptionsBuilder<LookupContext>().UseNpgsql(store.Source).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);

    public async Task<FoundBag?> FindAsync(QrCode qr)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        return await Find(db, qr.Value);
    }

    public async Task<List<FoundBag>> FindManyAsync(QrCode[] qrs)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        var found = new List<FoundBag>();
        await foreach (var bag in FindMany(db, Array.ConvertAll(qrs, qr => qr.Value)))
            found.Add(bag);
        return found;
    }
}

/// <summary>The tables of a look-up.</summary>
public sealed class LookupContext(DbContextOptions<LookupContext> options) : DbContext(options)
{
    public DbSet<BagTable> Bags => Set<BagTable>();

    public DbSet<LoadTable> Loads => Set<LoadTable>();

    public DbSet<BillTable> Bills => Set<BillTable>();
}
