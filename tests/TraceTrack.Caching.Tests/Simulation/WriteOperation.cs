namespace TraceTrack.Caching.Simulation;

/// <summary>One call of a writing port on one node, and what it changed in the store.</summary>
internal sealed class WriteOperation(int node, string name)
{
    private static readonly AsyncLocal<WriteOperation?> Running = new();

    /// <summary>The write that the present flow of control belongs to.</summary>
    public static WriteOperation? Current
    {
        get => Running.Value;
        set => Running.Value = value;
    }

    public int Node => node;

    public string Name => name;

    /// <summary>The key of each state that it brought, and that state's number.</summary>
    public List<(string Key, long Number)> Changes { get; } = [];

    /// <summary>From when on the second tier knew of it; null while it does not.</summary>
    public long? ToldAt { get; set; }
}
