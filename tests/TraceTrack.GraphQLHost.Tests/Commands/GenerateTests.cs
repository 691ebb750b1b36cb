using GraphQLHost.Commands;
using TraceTrack.DemoData;
using TraceTrack.GraphQLHost.Tests.DemoData;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class GenerateTests
{
    [Theory]
    [InlineData(5_000, 0)]
    [InlineData(5_000, 0.2)]
    [InlineData(3, 1)]
    public async Task A_generated_file_imports_as_it_was_said(int bags, double dirt)
    {
        var generator = GenerateCommand.Generator(bags, dirt, seed: 5, shuffle: 100);
        var file = await WriteAsync(generator);
        Assert.Equal(file, await WriteAsync(GenerateCommand.Generator(bags, dirt, seed: 5, shuffle: 100)));
        await using var store = MemoryStore.Create();
        var report = await store.Door().As(Actor.System).Imports.ImportAsync(new BagCsvReader(new StringReader(file)).RowsAsync(), new());
        Assert.Null(generator.Counts!.DifferenceFrom(report));
        Assert.Equal(bags, report.Parents + report.Children);
    }

    [Fact]
    public async Task With_an_offset_the_bags_are_others_than_the_demo_warehouse_s()
    {
        await using var store = MemoryStore.Create();
        var imports = store.Door().As(Actor.System).Imports;
        await imports.ImportAsync(new DemoWarehouse(1_000).RowsAsync(), new());
        var generator = GenerateCommand.Generator(1_000, 0.1, DemoWarehouse.DefaultSeed, offset: 1_000_000);
        Assert.Null(generator.Counts!.DifferenceFrom(await imports.ImportAsync(generator.RowsAsync(), new())));
    }

    [Fact]
    public async Task The_command_writes_the_file_and_takes_no_other_format()
    {
        var folder = Directory.CreateTempSubdirectory("tracetrack-generate-");
        try
        {
            var path = Path.Combine(folder.FullName, "bags.csv");
            var generator = GenerateCommand.Generator(100, 0.1, seed: 1);
            Assert.Equal(0, await GenerateCommand.RunAsync(path, generator, default));
            Assert.Equal(await WriteAsync(generator), await File.ReadAllTextAsync(path));
            await Assert.ThrowsAsync<CommandFailedException>(() => GenerateCommand.RunAsync(Path.ChangeExtension(path, "ndjson"), generator, default));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_an_import_will_tell_is_told_in_words()
    {
        Assert.Equal(
            "100 rows written to x.csv. An import into a store without these bags takes 4 parents and 96 children, 92 of them in parents, and refuses 0 rows.",
            GenerateCommand.Summary(GenerateCommand.Generator(100, 0, seed: 1), "x.csv"));
        Assert.Contains("DUPLICATE_IN_FILE 2, ", GenerateCommand.Summary(GenerateCommand.Generator(100, 0.14, seed: 1), "x.csv"), StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(BagGenerator generator)
    {
        var output = new StringWriter { NewLine = "\n" };
        await GenerateCommand.WriteAsync(output, generator, new(), default);
        return output.ToString();
    }
}
