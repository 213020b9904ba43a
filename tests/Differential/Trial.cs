namespace HotPath.Tests;

/// <summary>Generates programs for one subject, has them judged, and makes the smallest one of a failure.</summary>
internal sealed class Trial(Subject subject, long seed)
{
    /// <summary>How many programs one compilation holds.</summary>
    public const int BatchSize = 100;

    private const int MostShrinks = 40;
    private static readonly TimeSpan LongestShrinking = TimeSpan.FromMinutes(2);

    /// <summary>The programs are compiled as the SDK would do it now, and every third batch as the one before did: arrays have other methods there.</summary>
    private static Target TargetOf(int batch) => batch % 3 == 2 ? Target.Net100.CSharp(13) : Target.Net100;

    /// <summary>Runs so many programs, or all until one fails.</summary>
    /// <param name="count">How many.</param>
    /// <param name="until">When to stop in any case.</param>
    /// <param name="untilFailure">Whether one failure is enough.</param>
    /// <param name="progress">Told after every batch.</param>
    public async Task<Tally> RunAsync(int count, DateTime? until = null, bool untilFailure = false, Action<Tally>? progress = null)
    {
        var tally = new Tally(subject.Name);
        var seen = new HashSet<string>(StringComparer.Ordinal);

        for (var batch = 0; tally.Generated < count && !(until < DateTime.UtcNow) && !(untilFailure && tally.Failure is not null); batch++)
        {
            var sequences = new List<int[]>();
            var programs = new List<GeneratedProgram>();
            foreach (var sequence in Sequences.Of(seed, batch, BatchSize))
            {
                // Few choices may make the same program again.
                var program = subject.Shape.Compose(new Choices(sequence));
                if (tally.Generated + programs.Count < count && (seen.Add(program.Source) || batch > 10 * count / BatchSize))
                {
                    sequences.Add(sequence);
                    programs.Add(program);
                }
            }

            var verdicts = await Batch.JudgeAsync(subject, programs, TargetOf(batch));
            for (var i = 0; i < programs.Count; i++)
            {
                tally.Add(programs[i], verdicts[i]);
                if (verdicts[i].Kind == VerdictKind.Different && tally.Failure is null)
                    tally.Failure = await SmallestAsync(sequences[i], programs[i], verdicts[i], TargetOf(batch), batch);
            }

            progress?.Invoke(tally);
        }

        return tally;
    }

    /// <summary>The smallest program that fails, as a test to paste.</summary>
    private async Task<string> SmallestAsync(int[] sequence, GeneratedProgram program, Verdict verdict, Target target, int batch)
    {
        var until = DateTime.UtcNow + LongestShrinking;
        for (var round = 0; round < MostShrinks && DateTime.UtcNow < until; round++)
        {
            var candidates = Sequences.Shrunk(sequence)
                .Select(shorter => (Sequence: shorter, Program: subject.Shape.Compose(new Choices(shorter))))
                .Where(candidate => candidate.Program.Source.Length <= program.Source.Length && candidate.Program.Source != program.Source)
                .DistinctBy(candidate => candidate.Program.Source)
                .Take(BatchSize)
                .ToList();

            if (candidates.Count == 0)
                break;

            var verdicts = await Batch.JudgeAsync(subject, [.. candidates.Select(candidate => candidate.Program)], target);
            var smallest = Enumerable.Range(0, candidates.Count)
                .Where(i => verdicts[i].Kind == VerdictKind.Different)
                .OrderBy(i => candidates[i].Program.Source.Length)
                .Select(i => (int?)i)
                .FirstOrDefault();

            if (smallest is not { } found)
                break;

            (sequence, program, verdict) = (candidates[found].Sequence, candidates[found].Program, verdicts[found]);
        }

        return Pasted.Test(subject, seed, batch, program, verdict);
    }
}
