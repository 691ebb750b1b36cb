using System.Globalization;

namespace GraphQLHost.Commands;

/// <summary>Where long work stands: written by the work, from any thread, and read by whoever shows it.</summary>
internal sealed class StepProgress
{
    private volatile Step _now = new("Starting", 0, 0);

    public Step Now => _now;

    public void Report(string name, long done = 0, long total = 0) => _now = new(name, done, total);

    /// <summary>For work that tells about itself in its own words.</summary>
    public IProgress<T> As<T>(Func<T, Step> step) => new Translation<T>(this, step);

    /// <summary>How many rows there were, and how many a second.</summary>
    public static string Rate(long rows, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture, $"{rows:N0} rows, {(elapsed > TimeSpan.Zero ? rows / elapsed.TotalSeconds : 0):N0} rows/s");

    /// <param name="Name">What is being done.</param>
    /// <param name="Done">How much of it is done.</param>
    /// <param name="Total">How much it will be; 0 when nobody knows.</param>
    /// <param name="Detail">What there is to say besides; then the numbers before are shown as a share only.</param>
    internal sealed record Step(string Name, long Done, long Total, string? Detail = null);

    // Not Progress<T>: that reports later and in any order, and the last word might not be the last.
    private sealed class Translation<T>(StepProgress progress, Func<T, Step> step) : IProgress<T>
    {
        public void Report(T value) => progress._now = step(value);
    }
}
