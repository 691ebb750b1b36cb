using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace TraceTrack.Benchmarks.Lookup;

/// <summary>The three tables of a look-up, as EF Core and linq2db map them.</summary>
[Table("bag", Schema = "tracetrack")]
public sealed class BagTable
{
    [Key, Column("id")]
    public long Id { get; set; }

    [Column("qr")]
    public string Qr { get; set; } = "";

    [Column("kind")]
    public short Kind { get; set; }

    [Column("status")]
    public short Status { get; set; }

    [Column("area")]
    public string? Area { get; set; }

    [Column("weight_grams")]
    public int WeightGrams { get; set; }

    [Column("child_count")]
    public short ChildCount { get; set; }

    [Column("content_grams")]
    public long ContentGrams { get; set; }

    [Column("parent_id")]
    public long? ParentId { get; set; }

    [Column("linked_at")]
    public DateTime? LinkedAt { get; set; }

    [Column("import_id")]
    public long? ImportId { get; set; }

    [Column("created_at")]
    public DateTime CreatedAt { get; set; }

    [Column("changed_at")]
    public DateTime ChangedAt { get; set; }

    [Column("version")]
    public long Version { get; set; }
}

/// <summary>Which parent is on which bill.</summary>
[Table("bill_bag", Schema = "tracetrack")]
public sealed class LoadTable
{
    [Key, Column("bag_id")]
    public long BagId { get; set; }

    [Column("bill_id")]
    public long BillId { get; set; }
}

/// <summary>Of bills, what a look-up of bags reads.</summary>
[Table("bill", Schema = "tracetrack")]
public sealed class BillTable
{
    [Key, Column("id")]
    public long Id { get; set; }

    [Column("number")]
    public string Number { get; set; } = "";
}
