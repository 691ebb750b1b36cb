using System.Buffers;
using System.Globalization;
using System.Text;
using TraceTrack.Bags;
using TraceTrack.Exports;

namespace TraceTrack.InMemory;

/// <summary>Bags as lines of an export. Codes and areas hold no character that CSV or JSON would have to escape.</summary>
internal sealed class ExportLines : IDisposable
{
    private const int FullAt = 64 * 1024;

    /// <summary>More than a line takes.</summary>
    private const int Reserve = 1024;

    private readonly bool _isCsv;
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(FullAt + Reserve);
    private int _length;

    public ExportLines(ExportFormat format)
    {
        _isCsv = format == ExportFormat.Csv;
        if (_isCsv)
            Add(ExportCsv.HeadingLine);
    }

    public bool IsFull => _length >= FullAt;

    public void Add(Bag bag)
    {
        if (_isCsv)
            AddCsv(bag);
        else
            AddJson(bag);
        Add("\n"u8);
    }

    public async ValueTask WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await destination.WriteAsync(_bytes.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        _length = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void AddCsv(Bag bag)
    {
        Add(bag.Qr.Value);
        Add(","u8);
        Add(bag.ParentQr?.Value);
        Add(","u8);
        Add(bag.Area);
        Add(","u8);
        if (bag.Kind == BagKind.Child)
            Add(bag.WeightKg);
    }

    private void AddJson(Bag bag)
    {
        Add("{\"qr\":\""u8);
        Add(bag.Qr.Value);
        Add("\""u8);
        AddMember(",\"parent\":\""u8, bag.ParentQr?.Value);
        AddMember(",\"area\":\""u8, bag.Area);
        if (bag.Kind == BagKind.Child)
        {
            Add(",\"weightKg\":"u8);
            Add(bag.WeightKg);
        }

        Add("}"u8);
    }

    private void AddMember(ReadOnlySpan<byte> begin, string? value)
    {
        if (value is null)
            return;
        Add(begin);
        Add(value);
        Add("\""u8);
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    private void Add(string? text) => _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));

    private void Add(decimal kilograms)
    {
        kilograms.TryFormat(_bytes.AsSpan(_length), out var written, "0.000", CultureInfo.InvariantCulture);
        _length += written;
    }
}
