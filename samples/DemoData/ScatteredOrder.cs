using System.Numerics;

namespace TraceTrack.DemoData;

/// <summary>
/// The numbers from 0 in another order, each once, any of them worked out by itself: nothing is kept. Numbers stay within a window of
/// their places.
/// </summary>
internal sealed class ScatteredOrder
{
    private const int Rounds = 4;

    private readonly Noise _noise;
    private readonly Noise.Stream _stream;
    private readonly int _count;
    private readonly int _window;

    public ScatteredOrder(Noise noise, Noise.Stream stream, int count, int window = int.MaxValue) =>
        (_noise, _stream, _count, _window) = (noise, stream, count, Math.Min(window, count));

    public int At(int place)
    {
        if (_window <= 1)
            return place;
        var (window, within) = Math.DivRem(place, _window);
        var first = window * _window;
        var limit = (uint)Math.Min(_window, _count - first);
        var half = Math.Max(1, (BitOperations.Log2(limit - 1) + 2) / 2);
        var number = (uint)within;
        // A number beyond the limit is exchanged until it is within: the exchange is one to one, so the whole is too.
        do
            number = Exchange(number, half, window);
        while (number >= limit);
        return first + (int)number;
    }

    /// <summary>A Feistel network: one to one whatever the noise is.</summary>
    private uint Exchange(uint number, int half, int window)
    {
        var mask = (1u << half) - 1;
        var (left, right) = (number >> half, number & mask);
        for (var round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ ((uint)_noise.Bits(_stream, ((long)window << 34) | ((long)round << 32) | right) & mask));
        return (left << half) | right;
    }
}
