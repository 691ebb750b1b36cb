using GraphQLHost.Commands;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class OutputFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracetrack-output-");

    [Fact]
    public async Task A_file_appears_when_it_is_whole()
    {
        var path = Path.Combine(_folder.FullName, "bags.csv");
        await using (var file = OutputFile.Create(path))
        {
            await file.Writer.WriteLineAsync("qr");
            Assert.False(File.Exists(path));
            await file.CompleteAsync();
        }

        Assert.Equal("qr\n", await File.ReadAllTextAsync(path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task Half_a_file_leaves_the_one_before_as_it_was()
    {
        var path = Path.Combine(_folder.FullName, "bags.csv");
        await File.WriteAllTextAsync(path, "before");
        await using (var file = OutputFile.Create(path))
            await file.Writer.WriteLineAsync("half");
        Assert.Equal("before", await File.ReadAllTextAsync(path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task A_link_is_followed_and_stays()
    {
        var target = Path.Combine(_folder.FullName, "target");
        var link = Path.Combine(_folder.FullName, "link");
        await File.WriteAllTextAsync(target, "before");
        File.CreateSymbolicLink(link, target);
        await using (var file = OutputFile.Create(link))
        {
            await file.Writer.WriteAsync("new");
            await file.CompleteAsync();
        }

        Assert.Equal("new", await File.ReadAllTextAsync(target));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
