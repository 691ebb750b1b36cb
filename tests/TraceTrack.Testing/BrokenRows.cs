using System.Runtime.CompilerServices;

namespace TraceTrack.Testing;

/// <summary>Rows that end with an error, as a broken file's do.</summary>
internal static class BrokenRows
{
    public static async IAsyncEnumerable<T> Throwing<T>(
        int after, Func<int, T> row, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < after; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row(i);
        }

        await Task.Yield();
        throw new FormatException("The file ends here.");
    }
}
