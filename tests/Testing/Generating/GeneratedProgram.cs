namespace HotPath.Tests;

/// <summary>A program that a shape made.</summary>
/// <param name="Usings">Its <c>using</c> directives and what else has to come first.</param>
/// <param name="Types">Its types, one of which has the only method named <c>Run</c>.</param>
/// <param name="Inputs">What it is run with.</param>
public sealed record GeneratedProgram(string Usings, string Types, IReadOnlyList<Arguments> Inputs)
{
    /// <summary>The whole source, as a file of its own.</summary>
    public string Source => Usings + Types;

    /// <summary>The whole source in a namespace, so that one compilation can hold many programs.</summary>
    public string In(string name) => $"{Usings}namespace {name};\n\n{Types}";
}
