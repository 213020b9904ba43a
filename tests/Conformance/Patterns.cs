namespace HotPath.Tests;

/// <summary>The patterns of the performance guide that the first two digits of an id name.</summary>
internal static class Patterns
{
    /// <summary>Every heading with its pattern; the first four share one.</summary>
    public static IReadOnlyList<(int First, int Last, string Title)> All { get; } =
    [
        (1, 4, "Profile first, time correctly"),
        (5, 5, "Build collections in one go"),
        (6, 6, "Do not materialise what is read once"),
        (7, 7, "Strings"),
        (8, 8, "Look up, do not search"),
        (9, 9, "Keep hot state in locals"),
        (10, 10, "Cheap calls in hot loops"),
        (11, 11, "Vectorise"),
        (12, 12, "Cache"),
        (13, 13, "Memory per object"),
        (14, 14, "Parallelise CPU-bound loops"),
        (15, 15, "Await well"),
        (16, 16, "Batch database and I/O work"),
        (17, 17, "Query what is needed"),
        (18, 18, "Do not leak"),
        (19, 19, "Stream instead of load"),
        (20, 20, "Caches that let go"),
        (21, 21, "The guide's other pitfalls"),
        (0, 0, "The package itself"),
    ];

    /// <summary>The heading a rule of that pattern stands under.</summary>
    public static string Title(int pattern) => Heading(Of(pattern));

    /// <summary>The heading: the guide's own patterns by number, what has none by name.</summary>
    public static string Heading((int First, int Last, string Title) pattern) => pattern switch
    {
        { First: 0 or 21 } => pattern.Title,
        { First: var first, Last: var last } when first == last => $"{first}. {pattern.Title}",
        _ => $"{pattern.First}–{pattern.Last}. {pattern.Title}",
    };

    /// <summary>What a link to the heading in docs/patterns.md ends with.</summary>
    public static string Anchor(int pattern) => $"p{Of(pattern).First:D2}";

    private static (int First, int Last, string Title) Of(int pattern) => All.Single(known => pattern >= known.First && pattern <= known.Last);
}
