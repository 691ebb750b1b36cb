namespace TraceTrack.Packages.Tests;

public sealed class VersionTests(PackedPackages packed)
{
    [Fact]
    public async Task The_version_is_the_newest_tag_s_and_has_a_meaning_without_tags_and_without_git()
    {
        var sources = SourceCopy.Make(packed.Work.At("versions"));
        Assert.Equal("0.1.0-alpha.0", await sources.VersionAsync());

        await sources.CommitAsync();
        Assert.Equal("0.1.0-alpha.0", await sources.VersionAsync());
        await sources.GitAsync("tag", "v1.2.0");
        Assert.Equal("1.2.0", await sources.VersionAsync());
        await sources.GitAsync("commit", "--quiet", "--allow-empty", "--message", "One more");
        Assert.Equal("1.2.1-alpha.0.1", await sources.VersionAsync());
        // As for git when it is not installed, or when the clone belongs to another user.
        Assert.Equal("0.1.0-alpha.0", await sources.VersionAsync(("GIT_DIR", "/nowhere")));
    }
}
