namespace HotPath.Benchmarks;

/// <summary>Measures rules and commits the numbers to the result files, the pages and the chart.</summary>
public static class ReportCommand
{
    private const string Usage = "Usage: report [--filter <patterns or rule ids>] [--no-run]";

    /// <returns>The exit code: 1 where nothing ran, a case failed or a page has no place for its numbers.</returns>
    public static int Run(string[] arguments)
    {
        if (CommandArguments.Parse(arguments, "--no-run") is not { } parsed)
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        return (parsed.HasFlag || Measure(parsed.Patterns)) & Render() ? 0 : 1;
    }

    private static bool Measure(IReadOnlyList<string> patterns)
    {
        var rules = RuleFilter.Select(patterns);

        if (rules is [])
        {
            Console.Error.WriteLine("No rule's benchmarks match the filter.");
            return false;
        }

        return Measuring.Run(rules, result => ResultFile.Save(result, Repository.Results));
    }

    private static bool Render()
    {
        var results = ResultFile.LoadAll(Repository.Results);
        var complete = true;

        foreach (var result in results)
        {
            var page = Repository.Page(result.Id);

            if (File.Exists(page) && MeasuredTable.Into(File.ReadAllText(page), result) is { } text)
            {
                File.WriteAllText(page, text);
                continue;
            }

            Console.Error.WriteLine($"docs/rules/{result.Id}.md has no '{MeasuredTable.Start}' … '{MeasuredTable.End}' to hold the numbers.");
            complete = false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Repository.Chart)!);
        File.WriteAllText(Repository.Chart, SpeedUpChart.Svg(results));
        Console.WriteLine($"{results.Count} results are on the pages and in the chart.");
        return complete;
    }
}
