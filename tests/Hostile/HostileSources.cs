using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Tests;

/// <summary>Sources written to be broken: together they use every feature of the language and every pattern that a rule looks for, each in several forms.</summary>
internal static class HostileSources
{
    private const string Prefix = "Hostile.";

    /// <summary>Whether everything is tried: the environment variable <c>HOSTILE</c> says <c>all</c>; else a sample is.</summary>
    public static bool IsFullRun { get; } = Environment.GetEnvironmentVariable("HOSTILE") == "all";

    /// <summary>The names of the sources.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(HostileSources).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a source.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(HostileSources).Assembly.GetManifestResourceStream(Prefix + name)!);
        return reader.ReadToEnd();
    }

    /// <summary>The tokens of a source, each with the white space and comments that belong to it.</summary>
    public static IReadOnlyList<string> Tokens(string name) =>
        [.. CSharpSyntaxTree.ParseText(Text(name), RuleProject.Parse(LanguageVersion.Preview)).GetRoot().DescendantTokens().Select(token => token.ToFullString())];

    /// <summary>The text up to every token.</summary>
    public static IEnumerable<(string What, string Text)> Prefixes(IReadOnlyList<string> tokens, int first, int step)
    {
        for (var count = first; count < tokens.Count; count += step)
            yield return ($"the first {count} tokens", string.Concat(tokens.Take(count)));
    }

    /// <summary>The text with a few tokens lost, doubled or swapped; most of it stays whole, so that the rest still means something.</summary>
    public static IEnumerable<(string What, string Text)> Mutants(IReadOnlyList<string> tokens, int first, int count)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            var random = new Random(seed);
            var mutant = tokens.ToList();

            for (var changes = 1 + random.Next(4); changes > 0; changes--)
            {
                var at = random.Next(mutant.Count - 1);
                switch (random.Next(4))
                {
                    case 0:
                        mutant.RemoveAt(at);
                        break;

                    case 1:
                        mutant.Insert(at, mutant[at]);
                        break;

                    case 2:
                        (mutant[at], mutant[at + 1]) = (mutant[at + 1], mutant[at]);
                        break;

                    // From anywhere else: a name where an operator stood, a brace where a name stood.
                    default:
                        mutant[at] = mutant[random.Next(mutant.Count)];
                        break;
                }
            }

            yield return ($"seed {seed}", string.Concat(mutant));
        }
    }
}
