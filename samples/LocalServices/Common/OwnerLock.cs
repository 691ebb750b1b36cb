namespace TraceTrack.LocalServices;

/// <summary>
/// Who holds it owns the server in that folder and stops it. The operating system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    private const string FileName = "owner.lock";

    private readonly FileStream _file;

    private OwnerLock(FileStream file) => _file = file;

    /// <returns>Null when another process, or another instance in this one, holds it.</returns>
    public static OwnerLock? TryTake(string folder, FileMode mode = FileMode.OpenOrCreate)
    {
        try
        {
            return new OwnerLock(new FileStream(Path.Combine(folder, FileName), mode, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new LocalServiceException($"{folder} belongs to another user; choose another data folder.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
