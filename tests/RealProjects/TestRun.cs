using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace HotPath.RealProjects;

/// <summary>What a run of tests said: the outcome of each test where there are .trx files, else the totals it printed.</summary>
internal sealed partial record TestRun(int ExitCode, IReadOnlyDictionary<string, string> Outcomes, IReadOnlyList<string> Totals)
{
    /// <summary>Reads what a run printed and the .trx files that it left below the folder.</summary>
    public static TestRun Of(Outcome run, string folder)
    {
        var outcomes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories))
        {
            foreach (var (test, outcome) in Read(file))
            {
                // Theories may print the same name for several cases: what counts is the worst, and how many there are.
                var name = test;
                for (var again = 2; !outcomes.TryAdd(name, outcome); again++)
                    name = $"{test} #{again}";
            }
        }

        return new(run.ExitCode, outcomes, [.. run.Lines.Where(line => Total().IsMatch(line)).Select(line => Duration().Replace(line, "").Trim()).Order(StringComparer.Ordinal)]);
    }

    /// <summary>One line.</summary>
    public string Summary => Outcomes.Count > 0
        ? string.Join(", ", Outcomes.Values.CountBy(outcome => outcome, StringComparer.Ordinal).OrderByDescending(count => count.Value).Select(count => $"{count.Value:N0} {count.Key}"))
        : Totals.Count > 0 ? string.Join("; ", Totals) : $"exit code {ExitCode}";

    /// <summary>Which tests ended otherwise than in the other run.</summary>
    public IEnumerable<string> DifferencesFrom(TestRun before)
    {
        if (Outcomes.Count == 0 && before.Outcomes.Count == 0)
        {
            if (ExitCode != before.ExitCode || !Totals.SequenceEqual(before.Totals, StringComparer.Ordinal))
                yield return $"{before.Summary} (exit code {before.ExitCode}) became {Summary} (exit code {ExitCode})";

            yield break;
        }

        foreach (var test in before.Outcomes.Keys.Union(Outcomes.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, now) = (before.Outcomes.GetValueOrDefault(test, "absent"), Outcomes.GetValueOrDefault(test, "absent"));
            if (was != now)
                yield return $"{test}: {was} became {now}";
        }
    }

    private static IEnumerable<(string Test, string Outcome)> Read(string file)
    {
        XDocument document;
        try
        {
            document = XDocument.Load(file);
        }
        catch (XmlException)
        {
            yield break;
        }

        foreach (var result in document.Descendants().Where(element => element.Name.LocalName == "UnitTestResult"))
            yield return (result.Attribute("testName")?.Value ?? "", result.Attribute("outcome")?.Value ?? "");
    }

    [GeneratedRegex(@"(Passed|Failed)!|Total tests|total: \d|Tests run", RegexOptions.IgnoreCase)]
    private static partial Regex Total();

    [GeneratedRegex(@",? *Duration:[^-]*-?|\([\d.,]+ ?m?s\)|time: .*", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();
}
