using Microsoft.EntityFrameworkCore;

namespace TraceTrack.LoadTest.Bulk.Peers;

/// <summary>EF Core as it is meant to be used for many rows: AddRange and SaveChanges a batch, a fresh context for each, no detection of changes.</summary>
internal static class EfCorePeer
{
    public const string Name = "EF Core";

    private const int BatchSize = 1_000;

    public static async Task CopyAsync(BenchDatabase database, string schema, IReadOnlyList<FinishedBag> rows, CancellationToken cancellation)
    {
        var options = new DbContextOptionsBuilder<BagContext>().UseNpgsql(database.Source, npgsql => npgsql.MaxBatchSize(BatchSize)).Options;
        foreach (var batch in rows.Chunk(BatchSize))
        {
            await using var context = new BagContext(options, schema);
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            context.AddRange(batch.AsEnumerable());
            await context.SaveChangesAsync(cancellation);
        }
    }

    private sealed class BagContext(DbContextOptions<BagContext> options, string schema) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            var bag = modelBuilder.Entity<FinishedBag>();
            bag.ToTable("bag", schema).HasKey(row => row.Id);
            bag.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            bag.Property(row => row.ParentId).HasColumnName("parent_id");
            bag.Property(row => row.Version).HasColumnName("version");
            bag.Property(row => row.ImportId).HasColumnName("import_id");
            bag.Property(row => row.CreatedAt).HasColumnName("created_at");
            bag.Property(row => row.ChangedAt).HasColumnName("changed_at");
            bag.Property(row => row.LinkedAt).HasColumnName("linked_at");
            bag.Property(row => row.ContentGrams).HasColumnName("content_grams");
            bag.Property(row => row.WeightGrams).HasColumnName("weight_grams");
            bag.Property(row => row.ChildCount).HasColumnName("child_count");
            bag.Property(row => row.Kind).HasColumnName("kind");
            bag.Property(row => row.Status).HasColumnName("status");
            bag.Property(row => row.Qr).HasColumnName("qr");
            bag.Property(row => row.Area).HasColumnName("area");
        }
    }
}
