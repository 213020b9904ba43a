namespace HotPath.Benchmarks;

/// <summary>Measures rules again and judges the numbers by the committed ones.</summary>
public static class CompareCommand
{
    private const string Usage = "Usage: compare [--filter <patterns or rule ids>]";

    /// <returns>The exit code: 1 where something regressed, has no committed result, failed or nothing ran.</returns>
    public static int Run(string[] arguments)
    {
        if (CommandArguments.Parse(arguments) is not { } parsed)
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        var rules = RuleFilter.Select(parsed.Patterns);

        if (rules is [])
        {
            Console.Error.WriteLine("No rule's benchmarks match the filter.");
            return 1;
        }

        var verdicts = new List<Verdict>();
        var allRan = Measuring.Run(rules, now => verdicts.AddRange(Comparison.Of(ResultFile.TryLoad(now.Id, Repository.Results), now)));
        var regressions = verdicts.Count(verdict => verdict.IsRegression);

        Console.WriteLine(Comparison.Table(verdicts));
        Console.WriteLine($"{verdicts.Count} cases compared, {regressions} regressed.");
        return allRan && regressions == 0 ? 0 : 1;
    }
}
