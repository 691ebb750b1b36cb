namespace TraceTrack.Packages.Tests;

public sealed class ExampleTests(PackedPackages packed, PostgresServer postgres)
{
    [Fact]
    public void The_readme_s_program_has_ten_lines() => Assert.Equal(10, Example.OfTheProject().Statements.Count());

    [Fact]
    public async Task The_readme_s_ten_lines_run_from_the_packages_in_memory_and_on_postgres()
    {
        var application = Application.Write(packed, "readme", Example.OfTheProject());
        await application.BuildAsync();
        await RunBothWaysAsync(application.RunAsync, postgres);
    }

    [Theory]
    [InlineData("TraceTrack.Core")]
    [InlineData("TraceTrack.Caching")]
    public async Task The_example_of_a_package_answers_as_its_readme_says(string id)
    {
        var example = Example.OfThePackage(id);
        var application = Application.Write(packed, id, example);
        await application.BuildAsync();
        Assert.NotEmpty(example.Answer);
        Assert.Equal(example.Answer, await application.RunAsync(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task The_example_of_postgres_answers_as_its_readme_says()
    {
        var example = Example.OfThePackage("TraceTrack.Postgres");
        var application = Application.Write(packed, "postgres", example);
        await application.BuildAsync();
        Assert.NotEmpty(example.Answer);
        await postgres.WithDatabaseAsync(async connection =>
            Assert.Equal(example.Answer, await application.RunAsync(connection), ignoreLineEndingDifferences: true));
    }

    /// <summary>Memory forgets and PostgreSQL does not: the second scan of the same bag tells which store it was.</summary>
    internal static async Task RunBothWaysAsync(Func<string[], Task<string>> run, PostgresServer postgres)
    {
        const string Done = "CB1 is in SB1", Refused = "AlreadyLinkedHere: SB1";
        Assert.Contains(Done, await run([]), StringComparison.Ordinal);
        Assert.Contains(Done, await run([]), StringComparison.Ordinal);
        await postgres.WithDatabaseAsync(async connection =>
        {
            string[] onPostgres = ["--ConnectionStrings:Warehouse", connection];
            Assert.Contains(Done, await run(onPostgres), StringComparison.Ordinal);
            Assert.Contains(Refused, await run(onPostgres), StringComparison.Ordinal);
        });
    }
}
