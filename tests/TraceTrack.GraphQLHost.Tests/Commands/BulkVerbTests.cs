using GraphQLHost.Commands;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Exports;
using TraceTrack.Imports;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class BulkVerbTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("")]
    [InlineData("--dry-run")]
    [InlineData("--on-existing update --on-error rollback --connections 16")]
    [InlineData("--import-id 0199c1de-0000-7000-8000-000000000001 --report /tmp/report.csv")]
    public void An_import_is_understood(string options) => Assert.Empty(CommandLine.Build().Parse($"import {_file} {options}").Errors);

    [Theory]
    [InlineData("--on-existing replace", "replace")]
    [InlineData("--on-error stop", "stop")]
    [InlineData("--connections 0", "--connections takes a number from 1 to 16, not '0'")]
    [InlineData("--connections 17", "not '17'")]
    [InlineData("--connections many", "not 'many'")]
    [InlineData("--import-id abc", "--import-id takes a UUID")]
    [InlineData("--import-id 00000000-0000-0000-0000-000000000000", "--import-id takes a UUID")]
    public void An_import_is_refused_with_the_reason(string options, string reason) =>
        Assert.Contains(CommandLine.Build().Parse($"import {_file} {options}").Errors, error => error.Message.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void What_is_typed_becomes_the_options_of_the_import()
    {
        var plain = ImportVerb.Parse(_file);
        Assert.Equal((OnExisting.Keep, OnError.Continue, false, 1), (plain.OnExisting, plain.OnError, plain.DryRun, plain.Connections));
        Assert.NotEqual(Guid.Empty, plain.ImportId);
        var id = Guid.NewGuid();
        var full = ImportVerb.Parse($"{_file} --dry-run --on-existing reject --on-error rollback --connections 4 --import-id {id}");
        Assert.Equal((OnExisting.Reject, OnError.RollBack, true, 4, id), (full.OnExisting, full.OnError, full.DryRun, full.Connections, full.ImportId));
    }

    [Theory]
    [InlineData("bags.csv")]
    [InlineData("-")]
    [InlineData("bags.ndjson --kind parent")]
    [InlineData("bags.csv --kind child --status dispatched --area a1 --parent sb1")]
    [InlineData("bags.csv --bill bl1 --created-from 2026-03-01T00:00Z --created-before 2026-04-01T00:00:00+02:00")]
    public void An_export_is_understood(string line) => Assert.Empty(CommandLine.Build().Parse("export " + line).Errors);

    [Theory]
    [InlineData("--kind bag", "bag")]
    [InlineData("--status lost", "lost")]
    [InlineData("--area no!", "--area takes an area such as A1, not 'no!'")]
    [InlineData("--parent ?", "--parent takes a code such as SB1, not '?'")]
    [InlineData("--bill no!", "--bill takes a bill's number such as BL1, not 'no!'")]
    [InlineData("--created-from 2026-03-01", "--created-from takes a moment with its offset")]
    [InlineData("--created-before 2026-03-01T00:00", "--created-before takes a moment with its offset")]
    public void An_export_is_refused_with_the_reason(string options, string reason) =>
        Assert.Contains(CommandLine.Build().Parse("export bags.csv " + options).Errors, error => error.Message.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void What_is_typed_becomes_the_filter_of_the_export()
    {
        Assert.Equal(BagFilter.All, ExportVerb.Filter(null, null, null, null, null, default));
        var march = new TimeRange(new(2026, 3, 1, 0, 0, 0, default), new(2026, 4, 1, 0, 0, 0, default));
        Assert.Equal(
            new BagFilter { Kind = BagKind.Child, Status = BagStatus.Linked, Area = "A1", Parent = QrCode.Parse("SB1"), Bill = BillNumber.Parse("BL1"), Created = march },
            ExportVerb.Filter(BagKind.Child, BagStatus.Linked, "a1", "sb1", "bl1", march));
    }

    [Theory]
    [InlineData("bags.csv", ExportFormat.Csv)]
    [InlineData("bags", ExportFormat.Csv)]
    [InlineData("/dev/stdout", ExportFormat.Csv)]
    [InlineData("BAGS.NDJSON", ExportFormat.NdJson)]
    [InlineData("bags.jsonl", ExportFormat.NdJson)]
    public void The_name_of_a_file_tells_its_format(string name, ExportFormat format) => Assert.Equal(format, BagFile.FormatOf(name));
}
