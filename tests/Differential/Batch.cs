using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Tests;

/// <summary>
/// Many programs in one compilation, judged together: a compiler and a process for each would take a hundred times as long. Only the fix gets a project of its own
/// for each program, because it binds the whole project again after every site.
/// </summary>
internal sealed class Batch
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly Subject subject;
    private readonly IReadOnlyList<GeneratedProgram> programs;
    private readonly Target target;
    private readonly Verdict?[] verdicts;

    private Batch(Subject subject, IReadOnlyList<GeneratedProgram> programs, Target target)
    {
        this.subject = subject;
        this.programs = programs;
        this.target = subject.Shape.Changes ? target.Option("hotpath.fix_all = all") : target;
        verdicts = new Verdict?[programs.Count];
    }

    /// <summary>Where the time goes, over all batches.</summary>
    public static Timing Timing { get; } = new();

    /// <summary>What becomes of each program.</summary>
    public static async Task<IReadOnlyList<Verdict>> JudgeAsync(Subject subject, IReadOnlyList<GeneratedProgram> programs, Target target)
    {
        var batch = new Batch(subject, programs, target);
        await batch.JudgeAsync();
        return batch.verdicts!;
    }

    private async Task JudgeAsync()
    {
        var original = programs.Select((program, number) => program.In(Name(number))).ToArray();
        var before = await Timing.Of("compile", () => ImageAsync(original, (number, error) => verdicts[number] = new(VerdictKind.Broken, error)));
        await Timing.Of("analyse", () => ReportedAsync(original));

        var texts = new List<string?[]>();
        foreach (var order in subject.Orders)
            texts.Add(await Timing.Of("fix", () => FixedAsync(original, order)));

        for (var number = 0; number < programs.Count; number++)
        {
            if (verdicts[number] is null && texts.TrueForAll(text => text[number] == original[number]))
                verdicts[number] = new(VerdictKind.Reported);
        }

        var images = new List<byte[]> { before };
        foreach (var fixedTexts in texts)
        {
            string?[] left = [.. fixedTexts.Select((text, number) => verdicts[number] is null ? text : null)];
            images.Add(await Timing.Of("compile", () => ImageAsync(left, (number, error) => Fail(number, $"does not compile after the fix: {error}", fixedTexts[number]!))));
        }

        await Timing.Of("converge", () => ConvergedAsync(texts));
        await Timing.Of("run", () => ComparedAsync(images, texts));
    }

    private static string Name(int number) => $"P{number}";

    private void Fail(int number, string why, string after) => verdicts[number] ??= new(VerdictKind.Different, why, after);

    /// <summary>One assembly of all programs that compile; the others are told.</summary>
    private async Task<byte[]> ImageAsync(IReadOnlyList<string?> texts, Action<int, string> broken)
    {
        var left = texts.ToArray();
        for (var round = 0; ; round++)
        {
            var compilation = (await (await ProjectAsync(left)).Project.GetCompilationAsync())!;
            using var image = new MemoryStream();
            var result = compilation.WithAssemblyName("Programs_" + Guid.NewGuid().ToString("N")).Emit(image);
            if (result.Success)
                return image.ToArray();

            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToLookup(diagnostic => NumberOf(diagnostic.Location.SourceTree));
            if (errors.Contains(-1) || round == 5)
                throw new InvalidOperationException($"What the programs share does not compile: {string.Join("\n", errors[-1])}");

            foreach (var error in errors)
            {
                left[error.Key] = null;
                broken(error.Key, string.Join("\n", error.Take(3)));
            }
        }
    }

    /// <summary>A project of many programs; the main document is the recorder's.</summary>
    private Task<RuleProject> ProjectAsync(IReadOnlyList<string?> texts) =>
        RuleProject.OfAsync(Execution.TraceSource, target, subject.Shape.AdditionalReferences, [Shared, .. texts.Select((text, number) => (Name: Name(number) + ".cs", Text: text!)).Where(file => file.Text is not null)]);

    /// <summary>A project of one program, which is the main document.</summary>
    private Task<RuleProject> ProjectAsync(string text) => RuleProject.OfAsync(text, target, subject.Shape.AdditionalReferences, ("Trace.cs", Execution.TraceSource), Shared);

    private (string Name, string Text) Shared => ("Shared.cs", subject.Shape.Shared.Usings + subject.Shape.Shared.Types);

    private static int NumberOf(SyntaxTree? tree) =>
        tree is not null && int.TryParse(Path.GetFileNameWithoutExtension(tree.FilePath).AsSpan(1), out var number) && Path.GetFileName(tree.FilePath)[0] == 'P' ? number : -1;

    /// <summary>The findings in each program.</summary>
    private async Task<ILookup<int, Diagnostic>> FindingsAsync(IReadOnlyList<string?> texts, IEnumerable<RuleAndFix> rules) =>
        (await (await ProjectAsync(texts)).FindingsAsync([.. rules.Select(rule => (DiagnosticAnalyzer)rule.Analyzer)])).ToLookup(finding => NumberOf(finding.Location.SourceTree));

    private ILookup<int, Diagnostic> known = Enumerable.Empty<Diagnostic>().ToLookup(_ => 0);

    private async Task<bool> ReportedAsync(string[] original)
    {
        var rules = subject.Orders[0];
        known = await FindingsAsync([.. original.Select((text, number) => verdicts[number] is null ? text : null)], rules);

        for (var number = 0; number < original.Length; number++)
        {
            if (known[number].FirstOrDefault(finding => finding.Id == "AD0001") is { } crash)
                Fail(number, $"makes the analyzer throw: {crash}", original[number]);
            else if (known[number].DistinctBy(finding => finding.Id).Count() < Math.Min(rules.Count, 2))
                verdicts[number] ??= new(VerdictKind.Silent);
        }

        return true;
    }

    /// <summary>The programs after the rules of an order have fixed them one after the other; null where none was to be fixed.</summary>
    private async Task<string?[]> FixedAsync(string[] original, IReadOnlyList<RuleAndFix> order)
    {
        var texts = new string?[original.Length];
        await Parallel.ForAsync(0, original.Length, async (number, _) =>
        {
            if (verdicts[number] is not null)
                return;

            try
            {
                texts[number] = await FixedAsync(original[number], order, order.Count == 1 ? known[number] : null);
            }
            catch (Exception exception)
            {
                texts[number] = original[number];
                Fail(number, $"makes the fix throw: {exception}", original[number]);
            }
        });

        return texts;
    }

    private async Task<string> FixedAsync(string text, IReadOnlyList<RuleAndFix> order, IEnumerable<Diagnostic>? findings)
    {
        foreach (var rule in order)
        {
            var project = await ProjectAsync(text);
            Diagnostic[] ofRule = [.. findings ?? await project.FindingsAsync(rule.Analyzer)];
            if (ofRule.Length > 0)
                text = await (await project.FixAllAsync(rule.Fix, ofRule)).TextAsync();
        }

        return text;
    }

    /// <summary>Whether fix-all leaves nothing that fix-all would fix.</summary>
    private async Task<bool> ConvergedAsync(List<string?[]> texts)
    {
        for (var variant = 0; variant < texts.Count; variant++)
        {
            var order = subject.Orders[variant];
            var now = texts[variant];
            var findings = await FindingsAsync([.. now.Select((text, number) => verdicts[number] is null ? text : null)], order);

            foreach (var left in findings.Where(left => left.Key >= 0 && verdicts[left.Key] is null))
            {
                if (left.FirstOrDefault(finding => finding.Id == "AD0001") is { } crash)
                    Fail(left.Key, $"makes the analyzer throw after the fix: {crash}", now[left.Key]!);
                else if (order.Count == 1 && await FixedAsync(now[left.Key]!, order, AskedFor(left)) is var again && again != now[left.Key])
                    Fail(left.Key, $"is fixed again by a second fix-all, which leaves:\n{again}\nafter the first one left:", now[left.Key]!);
            }
        }

        return true;

        // Fix-all leaves what is less severe than all it was started for: nobody asked for that.
        IEnumerable<Diagnostic> AskedFor(IGrouping<int, Diagnostic> left) => left.Where(finding => finding.Severity >= known[left.Key].Min(first => first.Severity));
    }

    private async Task<bool> ComparedAsync(List<byte[]> images, List<string?[]> texts)
    {
        var runs = new List<ProgramRun>();
        for (var number = 0; number < programs.Count; number++)
        {
            if (verdicts[number] is null)
                runs.AddRange(images.Select((_, image) => new ProgramRun(image, Name(number), programs[number].Inputs, subject.Shape.VariesCulture)));
        }

        if (runs.Count == 0)
            return true;

        var outcomes = (await ChildProcess.RunAsync(images, runs, Limit)).Chunk(images.Count).ToList();
        var place = 0;
        for (var number = 0; number < programs.Count; number++)
        {
            if (verdicts[number] is not null)
                continue;

            var ofProgram = outcomes[place++];
            if (ofProgram[0].Outcomes is null)
            {
                verdicts[number] = new(VerdictKind.Broken, $"error: before any fix it ends like this: {ofProgram[0].Failure}");
                continue;
            }

            for (var variant = 1; variant < ofProgram.Length; variant++)
            {
                if (Difference(ofProgram[0], ofProgram[variant]) is { } difference)
                    Fail(number, difference, texts[variant - 1][number]!);
            }

            verdicts[number] ??= new(VerdictKind.Equal);
        }

        return true;
    }

    private static string? Difference(ProgramOutcome before, ProgramOutcome after)
    {
        if (after.Outcomes is null)
            return $"does not come to its end any more: {after.Failure}";

        for (var i = 0; i < before.Outcomes!.Count; i++)
        {
            if (before.Outcomes[i] != after.Outcomes[i])
                return $"does something else.\nBefore: {before.Outcomes[i]}\nAfter: {after.Outcomes[i]}";
        }

        return null;
    }
}
