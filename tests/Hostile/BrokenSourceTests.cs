using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Tests;

/// <summary>
/// What stands in an editor is broken most of the time: no rule throws on any prefix of a source, or on one with tokens lost, doubled or swapped, and no fix throws on what is found there.
/// A sample is tried unless the environment variable <c>HOSTILE</c> says <c>all</c>.
/// </summary>
public sealed class BrokenSourceTests(ITestOutputHelper output)
{
    private const int SampledPrefixes = 12;
    private const int SampledMutants = 8;
    private const int AllMutants = 2_000;

    // Each Roslyn is given inputs of its own.
#if ANOTHER_ROSLYN
    private const int Leg = 1;
#else
    private const int Leg = 0;
#endif

    public static TheoryData<string> Names => [.. HostileSources.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task Means_something_before_it_is_broken(string name)
    {
        var attack = await Attack.OnAsync(HostileSources.Text(name));

        // The compiler that the rules are built against knows only some of C# 14.
        if (name != "CSharp14" || LanguageVersionFacts.TryParse("14", out _))
            Assert.Empty(await attack.ErrorsAsync());
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Makes_no_rule_and_no_fix_throw_wherever_it_ends(string name)
    {
        var tokens = HostileSources.Tokens(name);
        var step = HostileSources.IsFullRun ? 1 : Math.Max(1, tokens.Count / SampledPrefixes);

        // Not all sources are cut at the same places.
        await Survives(name, HostileSources.Prefixes(tokens, 1 + (name.Length + Leg * step / 2) % step, step));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Makes_no_rule_and_no_fix_throw_with_a_few_tokens_wrong(string name) =>
        await Survives(name, HostileSources.Mutants(HostileSources.Tokens(name), first: Leg * AllMutants, HostileSources.IsFullRun ? AllMutants : SampledMutants));

    private async Task Survives(string name, IEnumerable<(string What, string Text)> inputs)
    {
        var attack = await Attack.OnAsync(HostileSources.Text(name));
        await attack.TryAsync(HostileSources.Text(name), $"all of {name}");
        foreach (var (what, text) in inputs)
            await attack.TryAsync(text, $"{what} of {name}");

        output.WriteLine($"{name}: {attack.Inputs} inputs, {attack.Findings} findings, {attack.Applied} fixes applied.");
        Assert.True(attack.Failures.Length == 0, attack.Failures);
    }
}
