namespace HotPath.Tests;

/// <summary>
/// The choices that a generated program is made of: a sequence of numbers, read one after the other. Beyond its end every choice is the first option,
/// so a shorter sequence of smaller numbers is a simpler program: what is first among the options is what is left of a failing program.
/// </summary>
public sealed class Choices(IReadOnlyList<int> numbers)
{
    private int next;

    /// <summary>Whether programs also hold the patterns of other rules than the one they are made for.</summary>
    public bool MixesPatterns { get; set; }

    /// <summary>A number from 0 up to but not including <paramref name="count"/>.</summary>
    public int Below(int count) => count <= 1 || next >= numbers.Count ? 0 : numbers[next++] % count;

    /// <summary>One of the options.</summary>
    public T Of<T>(params ReadOnlySpan<T> options) => options[Below(options.Length)];

    /// <summary>What one of the options makes.</summary>
    public T Made<T>(params ReadOnlySpan<Func<T>> options) => options[Below(options.Length)]();

    /// <summary>True for so many of a hundred programs.</summary>
    public bool Chance(int percent) => Below(100) >= 100 - percent;

    /// <summary>The text for so many of a hundred programs, else nothing.</summary>
    public string Perhaps(int percent, string text) => Chance(percent) ? text : "";

    /// <summary>What is made for so many of a hundred programs, else nothing.</summary>
    public string Perhaps(int percent, Func<string> make) => Chance(percent) ? make() : "";

    /// <summary>Some of the options, in their order.</summary>
    public string[] Some(int percent, params string[] options) => [.. options.Where(_ => Chance(percent))];

    /// <summary>Up to so many texts, one to a line.</summary>
    public string Lines(int most, Func<string> make) => Lines(MixesPatterns ? 1 : 0, most, make);

    /// <summary>At least and at most so many texts, one to a line.</summary>
    public string Lines(int fewest, int most, Func<string> make) => string.Join("\n", Enumerable.Range(0, fewest + Below(most - fewest + 1)).Select(_ => make()));
}
