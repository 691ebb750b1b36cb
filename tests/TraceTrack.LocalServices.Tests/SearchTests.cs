namespace TraceTrack.LocalServices.Tests;

public sealed class SearchTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("postgresql@17", 17)]
    [InlineData("pgsql-9.6", 9.6)]
    [InlineData("pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15.18)]
    [InlineData("latest", 0)]
    public void A_version_is_read_out_of_a_name(string name, double version) =>
        Assert.Equal((decimal)version, Executables.VersionIn(name));

    [Fact]
    public void The_newest_version_comes_first()
    {
        foreach (var version in new[] { "9.6", "17", "14" })
        {
            Directory.CreateDirectory(Path.Combine(_workplace.Folder, version));
        }

        var found = Executables.NewestFirst(_workplace.Folder, "*", "bin");

        Assert.Equal("17 14 9.6", string.Join(' ', found.Select(folder => Path.GetFileName(Path.GetDirectoryName(folder)!))));
    }

    [Fact]
    public async Task A_folder_with_clients_only_is_passed_over()
    {
        await File.WriteAllTextAsync(Path.Combine(_workplace.Folder, Executables.FileName("pg_ctl")), "", TestContext.Current.CancellationToken);
        var options = _workplace.Options();
        options.SearchFolders = [_workplace.Folder];

        Assert.Empty(await PostgresBinaries.FindAsync(options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Purposes_and_services_have_folders_of_their_own()
    {
        var options = _workplace.Options();
        options.Name = "bench";

        Assert.Equal(Path.Combine(_workplace.Folder, "bench", "redis"), ServicePlaces.Folder(options, "redis"));
    }

    [Fact]
    public void Without_a_chosen_folder_the_data_stay_out_of_the_clone()
    {
        var folder = ServicePlaces.Folder(new LocalServicesOptions { Name = "run" }, "postgres");

        Assert.True(Path.IsPathRooted(folder));
        Assert.EndsWith(Path.Combine("run", "postgres"), folder, StringComparison.Ordinal);
        Assert.Contains("tracetrack", folder, StringComparison.Ordinal);
    }
}
