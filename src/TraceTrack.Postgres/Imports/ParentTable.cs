using System.Runtime.InteropServices;
using System.Text;

namespace TraceTrack.Postgres;

/// <summary>What an import knows of one parent while it reads.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ImportedParent
{
    /// <summary>Key of the bag, counted from where the import's block of ids begins.</summary>
    public long IdOffset;

    /// <summary>Place of its own row; 0 while only children named it.</summary>
    public long Ordinal;

    public long Grams;
    public int Children;

    /// <summary>Index into <see cref="ParentTable.Areas"/>; 0 for none.</summary>
    public int Area;

    internal int Hash;
    internal int Next;
    internal int Code;

    public readonly bool IsKnown => Ordinal != 0;
}

/// <summary>
/// The parents of an import, the only rows it keeps in memory: some 60 bytes each for usual codes. A dictionary of strings would take
/// more than twice that, and would double as a whole when it grows; here only the buckets do.
/// </summary>
internal sealed class ParentTable
{
    private const int ChunkBits = 14;
    private const int CodeChunkBits = 20;

    private readonly List<ImportedParent[]> _chunks = [];
    private readonly List<byte[]> _codes = [];
    private readonly Dictionary<string, int> _areaNumbers = new(StringComparer.Ordinal);
    private int[] _buckets = new int[1 << 10];
    private int _codeEnd;
    private string? _lastCode;
    private int _last;

    public int Count { get; private set; }

    /// <summary>Index of the parent that <see cref="GetOrAdd"/> gave last.</summary>
    public int LastIndex => _last;

    public List<string?> Areas { get; } = [null];

    public ref ImportedParent this[int index] => ref _chunks[index >> ChunkBits][index & ((1 << ChunkBits) - 1)];

    public int AreaNumber(string? area)
    {
        if (area is null)
            return 0;
        if (!_areaNumbers.TryGetValue(area, out var number))
        {
            _areaNumbers.Add(area, number = Areas.Count);
            Areas.Add(area);
        }

        return number;
    }

    /// <summary>The parent of this code; a new one gets the id.</summary>
    public ref ImportedParent GetOrAdd(string code, long newIdOffset)
    {
        // Children of one parent mostly stand together.
        if (string.Equals(code, _lastCode, StringComparison.Ordinal))
            return ref this[_last];
        _lastCode = code;
        var hash = string.GetHashCode(code.AsSpan(), StringComparison.Ordinal);
        for (var index = _buckets[hash & (_buckets.Length - 1)] - 1; index >= 0; index = this[index].Next)
        {
            if (this[index].Hash == hash && Ascii.Equals(Code(index), code))
            {
                _last = index;
                return ref this[index];
            }
        }

        _last = Add(code, hash, newIdOffset);
        return ref this[_last];
    }

    public ReadOnlySpan<byte> Code(int index)
    {
        var place = this[index].Code;
        var chunk = _codes[place >> CodeChunkBits];
        place &= (1 << CodeChunkBits) - 1;
        return chunk.AsSpan(place + 1, chunk[place]);
    }

    private int Add(string code, int hash, long idOffset)
    {
        if (Count == _buckets.Length)
            GrowBuckets();
        if (Count == _chunks.Count << ChunkBits)
            _chunks.Add(new ImportedParent[1 << ChunkBits]);
        var index = Count++;
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        this[index] = new() { IdOffset = idOffset, Hash = hash, Next = bucket - 1, Code = Keep(code) };
        bucket = index + 1;
        return index;
    }

    private int Keep(string code)
    {
        // A code never lies across two chunks.
        var room = (_codes.Count << CodeChunkBits) - _codeEnd;
        if (room < code.Length + 1)
        {
            _codeEnd = _codes.Count << CodeChunkBits;
            _codes.Add(new byte[1 << CodeChunkBits]);
        }

        var place = _codeEnd;
        var chunk = _codes[^1].AsSpan(place & ((1 << CodeChunkBits) - 1));
        // Normalised codes are ASCII and have at most 64 characters.
        chunk[0] = (byte)code.Length;
        Encoding.ASCII.GetBytes(code, chunk[1..]);
        _codeEnd += code.Length + 1;
        return place;
    }

    private void GrowBuckets()
    {
        var larger = new int[_buckets.Length * 2];
        for (var index = 0; index < Count; index++)
        {
            ref var parent = ref this[index];
            ref var bucket = ref larger[parent.Hash & (larger.Length - 1)];
            parent.Next = bucket - 1;
            bucket = index + 1;
        }

        _buckets = larger;
    }
}
