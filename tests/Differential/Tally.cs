namespace HotPath.Tests;

/// <summary>How many programs were generated for a rule, and what became of them.</summary>
internal sealed class Tally(string name)
{
    /// <summary>Below these shares of the programs a generator proves nothing.</summary>
    private const double LeastReported = 0.2, LeastFixed = 0.1, MostBroken = 0.05;

    /// <summary>The first program that failed, as a test to paste.</summary>
    public string? Failure { get; set; }

    private readonly Dictionary<string, GeneratedProgram> broken = new(StringComparer.Ordinal);

    /// <summary>All programs.</summary>
    public int Generated { get; private set; }

    /// <summary>Those that do not compile before the fix.</summary>
    public int Broken { get; private set; }

    /// <summary>Those with a finding.</summary>
    public int Reported { get; private set; }

    /// <summary>Those that the fix changes.</summary>
    public int Fixed { get; private set; }

    /// <summary>Those that do the same after the fix.</summary>
    public int Equal { get; private set; }

    /// <summary>Counts a program.</summary>
    public void Add(GeneratedProgram program, Verdict verdict)
    {
        Generated++;
        Broken += verdict.Kind == VerdictKind.Broken ? 1 : 0;
        Reported += verdict.Kind >= VerdictKind.Reported ? 1 : 0;
        Fixed += verdict.Kind >= VerdictKind.Equal ? 1 : 0;
        Equal += verdict.Kind == VerdictKind.Equal ? 1 : 0;

        if (verdict.Kind == VerdictKind.Broken)
            broken.TryAdd(verdict.Why[(verdict.Why.IndexOf("error", StringComparison.Ordinal) + 6)..].Split('\n', 2)[0], program);
    }

    /// <summary>What is wrong with the rule, its fix or its generator; null for nothing.</summary>
    public string? Complaint =>
        Failure is not null ? $"{name}: {Generated - Broken} programs, {Fixed - Equal} of them wrong after the fix. {Failure}"
        : Generated == 0 ? $"{name}: no program was generated."
        : Broken > MostBroken * Generated ? $"{name}: {Broken} of {Generated} programs do not compile before any fix, because of\n{string.Join("\n", broken.Keys.Take(10))}\nThe first:\n{broken.Values.First().Source}"
        : Reported < LeastReported * Generated || Fixed < LeastFixed * Generated ? $"{name}: of {Generated} programs {Reported} are reported and {Fixed} fixed. That proves nothing: at least {LeastReported:P0} and {LeastFixed:P0} have to be."
        : null;

    /// <summary>The heading of the lines of a report.</summary>
    public static string Heading { get; } = $"{"rule",-10}{"generated",10}{"broken",8}{"reported",10}{"fixed",8}{"equal",8}{"trigger rate",14}";

    /// <inheritdoc/>
    public override string ToString() => $"{name,-10}{Generated,10}{Broken,8}{Reported,10}{Fixed,8}{Equal,8}{(Generated == 0 ? 0 : (double)Reported / Generated),13:P0} ";
}
