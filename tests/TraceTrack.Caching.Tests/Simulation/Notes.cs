using System.Globalization;
using System.Text;

namespace TraceTrack.Caching.Simulation;

/// <summary>What happened, in order: to be read after a failure, and to tell whether two runs were the same.</summary>
internal sealed class Notes(Func<long> now)
{
    private readonly Lock _gate = new();
    private readonly List<Note> _notes = [];
    private readonly long _start = now();
    private ulong _hash = 14695981039346656037;

    public ulong Hash => _hash;

    public int Count => _notes.Count;

    /// <param name="node">Which node; -1 for none.</param>
    /// <param name="what">What.</param>
    /// <param name="key">Of what.</param>
    /// <param name="detail">More of it.</param>
    public void Add(int node, string what, string key = "", string detail = "")
    {
        lock (_gate)
        {
            var note = new Note(now() - _start, node, what, key, detail);
            _notes.Add(note);
            Mix((ulong)note.At);
            Mix((ulong)(node + 1));
            Mix(what);
            Mix(key);
            Mix(detail);
        }
    }

    /// <summary>The last notes that concern a key, or everybody.</summary>
    public string About(string? key, int most)
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var note in _notes.Where(note => key is null || note.Key.Length == 0 || note.Key.Split(' ').Contains(key)).TakeLast(most))
            {
                text.Append(CultureInfo.InvariantCulture, $"{note.At / (double)TimeSpan.TicksPerSecond,12:0.000000} ")
                    .Append(note.Node < 0 ? "      " : string.Create(CultureInfo.InvariantCulture, $"node {note.Node}"))
                    .Append(CultureInfo.InvariantCulture, $" {note.What} {note.Key} {note.Detail}").AppendLine();
            }
        }

        return text.ToString();
    }

    private void Mix(ulong value) => _hash = (_hash ^ value) * 1099511628211;

    private void Mix(string text)
    {
        foreach (var letter in text)
            Mix(letter);
    }

    private readonly record struct Note(long At, int Node, string What, string Key, string Detail);
}
