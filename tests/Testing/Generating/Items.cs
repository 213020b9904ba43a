namespace HotPath.Tests;

/// <summary>A local that holds the elements a program walks through.</summary>
/// <param name="Name">The local.</param>
/// <param name="Element">The type of the elements.</param>
/// <param name="Type">The collection, by its type without the elements: <c>[]</c>, <c>List</c>, <c>IEnumerable</c> …</param>
/// <param name="Declaration">The statement that declares it; empty for a parameter.</param>
public sealed record Items(string Name, Element Element, string Type, string Declaration)
{
    /// <summary>Whether elements have positions.</summary>
    public bool IsIndexed => Type is "[]" or "List" or "IList" or "IReadOnlyList";

    /// <summary>The number of elements, of what is indexed.</summary>
    public string Count => Type == "[]" ? $"{Name}.Length" : $"{Name}.Count";
}

/// <summary>What the body of a loop may do.</summary>
/// <param name="Current">The current element.</param>
/// <param name="IsText">Whether that is a text.</param>
/// <param name="Index">Its position; null where the loop does not count.</param>
/// <param name="IsLambda">Whether the body is that of a lambda.</param>
public sealed record Iteration(string Current, bool IsText, string? Index = null, bool IsLambda = false)
{
    /// <summary>What is true for some elements only.</summary>
    public string Is(string text) => IsText ? $"{Current} == \"{text}\"" : $"$\"{{{Current}}}\".Length == {text.Length}";

    /// <summary>Leaves the rest of the body out.</summary>
    public string Skip => IsLambda ? "return;" : "continue;";
}
