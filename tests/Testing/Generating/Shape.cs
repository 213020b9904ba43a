using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>
/// Composes programs around the pattern of one rule, out of <see cref="Choices"/>. The class <c>RegexInLoopShapes</c> stands next to <c>RegexInLoopTests</c> and is found by its base class.
/// </summary>
public abstract class Shape
{
    /// <summary>The rule.</summary>
    public abstract RuleAnalyzer Analyzer { get; }

    /// <summary>Its fix.</summary>
    public abstract RuleFix Fix { get; }

    /// <summary>The id of the rule.</summary>
    public string Id => Analyzer.Descriptor.Id;

    /// <summary>Whether fixes that say what they change are applied. The programs then leave out exactly what the title names.</summary>
    public virtual bool Changes => false;

    /// <summary>Libraries that the programs use; see <see cref="References"/>.</summary>
    public virtual ImmutableArray<MetadataReference> AdditionalReferences => [];

    /// <summary>Types that all programs share, where making them anew for each would take long.</summary>
    public virtual (string Usings, string Types) Shared => ("", "");

    /// <summary>Whether runs repeat under a Turkish culture: not where they take long and format nothing.</summary>
    public virtual bool VariesCulture => true;

    /// <summary>The program that the choices make.</summary>
    public abstract GeneratedProgram Compose(Choices choose);
}

/// <inheritdoc/>
public abstract class Shape<TAnalyzer, TFix> : Shape
    where TAnalyzer : RuleAnalyzer, new()
    where TFix : RuleFix, new()
{
    /// <inheritdoc/>
    public sealed override RuleAnalyzer Analyzer { get; } = new TAnalyzer();

    /// <inheritdoc/>
    public sealed override RuleFix Fix { get; } = new TFix();
}
