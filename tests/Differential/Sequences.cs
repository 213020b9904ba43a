using FsCheck;
using FsCheck.Fluent;

namespace HotPath.Tests;

/// <summary>The sequences of numbers that programs are made of.</summary>
internal static class Sequences
{
    private const int Length = 160;
    private const int Largest = 9_999;

    private static readonly Arbitrary<int[]> Numbers = Arb.From(Gen.Choose(0, Largest).ArrayOf(Length), Simpler);

    /// <summary>So many sequences; the same for the same seed.</summary>
    public static IReadOnlyList<int[]> Of(long seed, int batch, int count) => [.. Numbers.Generator.Sample(count, new Rnd(Mixed(Mixed((ulong)seed) + (ulong)batch)), Length)];

    /// <summary>Sequences that make a simpler program, the simplest first.</summary>
    public static IEnumerable<int[]> Shrunk(int[] sequence) => Numbers.Shrinker(sequence);

    /// <summary>FsCheck's numbers of one seed begin among those of the next one.</summary>
    private static ulong Mixed(ulong number)
    {
        unchecked
        {
            number += 0x9E3779B97F4A7C15;
            number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
            number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
            return number ^ (number >> 31);
        }
    }

    private static IEnumerable<int[]> Simpler(int[] sequence)
    {
        // What lies beyond the end is zero.
        var used = Array.FindLastIndex(sequence, number => number != 0) + 1;
        for (var half = used / 2; half > 0 && used - half < used; half /= 2)
            yield return sequence[..(used - half)];

        for (var width = 8; width > 0; width /= 2)
        {
            for (var start = 0; start < used; start += width)
            {
                if (sequence.AsSpan(start, Math.Min(width, used - start)).IndexOfAnyExcept(0) < 0)
                    continue;

                // Without them, and with the first option in their place.
                yield return [.. sequence[..start], .. sequence[Math.Min(start + width, used)..used]];

                int[] zeroed = [.. sequence[..used]];
                Array.Clear(zeroed, start, Math.Min(width, used - start));
                yield return zeroed;
            }
        }
    }
}
