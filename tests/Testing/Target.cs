using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace HotPath.Tests;

/// <summary>
/// The project that a source is part of: framework, nullable context, language, options. Vary it with <c>with</c> or the members below, as in
/// <c>Target.Net472.Oblivious</c>, <c>Target.Net100.CSharp(13)</c>, <c>Target.Net100.Option("hotpath.small_loop = 0")</c>.
/// </summary>
public sealed record Target
{
    private Target(ReferenceAssemblies framework) => Framework = framework;

    /// <summary>.NET 10, as every test unless it says otherwise.</summary>
    public static Target Net100 { get; } = new(ReferenceAssemblies.Net.Net100);

    /// <summary>.NET 8.</summary>
    public static Target Net80 { get; } = new(ReferenceAssemblies.Net.Net80);

    /// <summary>.NET Standard 2.0.</summary>
    public static Target NetStandard20 { get; } = new(ReferenceAssemblies.NetStandard.NetStandard20);

    /// <summary>.NET Framework 4.7.2.</summary>
    public static Target Net472 { get; } = new(ReferenceAssemblies.NetFramework.Net472.Default);

    /// <summary>The framework.</summary>
    public ReferenceAssemblies Framework { get; }

    /// <summary>Whether the nullable context is on.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>The language; C# 14, that of .NET 10, unless set, or the newest where the running compiler is older. Newer compilers know newer languages, which .NET 10 projects do not get.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersionFacts.TryParse("14", out var version) ? version : LanguageVersion.Latest;

    /// <summary>The lines of <c>.editorconfig</c> under <c>[*]</c>.</summary>
    public string EditorConfig { get; init; } = "";

    /// <summary>An additional file, by path and content.</summary>
    public (string Path, string Content)? AdditionalFile { get; init; }

    /// <summary>The same with the nullable context off.</summary>
    public Target Oblivious => this with { Nullable = false };

    /// <summary>The same in C# of that version; a compiler that does not know the version by number yet gets its preview.</summary>
    public Target CSharp(int major) => this with
    {
        Language = LanguageVersionFacts.TryParse(major.ToString(System.Globalization.CultureInfo.InvariantCulture), out var version) ? version : LanguageVersion.Preview,
    };

    /// <summary>The same with a further line in <c>.editorconfig</c>.</summary>
    public Target Option(string line) => this with { EditorConfig = $"{EditorConfig}{line}\n" };
}
