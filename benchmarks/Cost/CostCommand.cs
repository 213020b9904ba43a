using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HotPath.Benchmarks;

/// <summary>
/// Builds a project with each set of analyzers in turn, several times, and prints what the analysis and the build took. The rounds go through all sets, so that
/// a machine that slows down slows all of them down. The compiler's report counts the time in which an analyzer waits for a core, too; with <c>--parallel no</c> none waits.
/// A compiler of its own for each project, as on a build machine that starts from nothing, has to translate the analyzers first; with <c>--server yes</c> one compiler stays, as on a developer's machine.
/// </summary>
public static partial class CostCommand
{
    private const string Usage = "Usage: cost <project or solution> [--repeat <times, 5 unless told>] [--lines <lines of code>] [--only <part of a set's name>] [--parallel <yes or no>] [--server <yes or no>]";

    /// <returns>The exit code: 1 where the arguments are wrong or a build failed.</returns>
    public static int Run(string[] arguments)
    {
        if (Request.Parse(arguments) is not { } request)
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        if (!File.Exists(request.Project))
        {
            Console.Error.WriteLine($"There is no project '{request.Project}'.");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("analyzer-cost").FullName;
        try
        {
            return Run(request, folder);
        }
        finally
        {
            // The server holds the analyzers of the folder.
            if (request.UsesServer)
                Command("build-server shutdown --vbcscompiler");

            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(Request request, string folder)
    {
        var sets = AnalyzerSet.All.Where(set => request.Only is null || set.Name.Contains(request.Only, StringComparison.OrdinalIgnoreCase)).ToList();
        if (sets is [])
        {
            Console.Error.WriteLine($"No set's name contains '{request.Only}'. There are: {string.Join("; ", AnalyzerSet.All.Select(set => set.Name))}.");
            return 1;
        }

        Console.WriteLine("Restoring the packages.");
        var targets = Restore(sets, folder);
        if (targets is null || !Command($"build \"{Path.Combine(Repository.Root, "src", "CodeFixes")}\" -c Release -v q") || !Command($"restore \"{request.Project}\""))
            return 1;

        var compiler = "";
        if (!request.IsParallel)
        {
            var response = Path.Combine(folder, "compiler.rsp");
            File.WriteAllText(response, "/parallel-");
            compiler = $"-p:CompilerResponseFile=\"{response}\"";
        }

        compiler += request.UsesServer ? " -p:UseSharedCompilation=true" : " -p:UseSharedCompilation=false";
        var rounds = sets.ToDictionary(set => set, _ => new List<(double Analysis, double Build)>());
        var silenced = new SortedSet<string>(StringComparer.Ordinal);

        // The first round fills the caches of the disk and warms the compiler's server, and is not counted.
        for (var round = 0; round <= request.Repeat; round++)
        {
            foreach (var set in sets)
            {
                if (Build(request.Project, set, targets[set], compiler, silenced) is not var (analysis, took))
                    return 1;

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{round}/{request.Repeat}] {set.Name}: {analysis:0.00} s of analysis, {took:0.0} s in all"));

                if (round > 0)
                    rounds[set].Add((analysis, took));
            }
        }

        Console.WriteLine();
        Console.WriteLine(Table(sets, rounds, request.Lines));
        return 0;
    }

    /// <summary>
    /// Builds the project with a set of analyzers. Rules that are errors by themselves would end the build before the projects that depend on this one:
    /// they are silenced by name, and the build is done again.
    /// </summary>
    /// <returns>What analysis and build took, in seconds; null where the build fails for another reason.</returns>
    private static (double Analysis, double Build)? Build(string project, AnalyzerSet set, string targets, string compiler, SortedSet<string> silenced)
    {
        while (true)
        {
            var arguments = $"build \"{project}\" --no-restore --no-incremental -v:d -tl:off -p:ReportAnalyzer=true -p:TreatWarningsAsErrors=false -p:CustomAfterMicrosoftCommonTargets=\"{targets}\" "
                + $"-p:{AnalyzerSet.SilencedProperty}=\"{string.Join("%3B", silenced)}\" {compiler} {string.Join(' ', set.Arguments)}";

            var watch = Stopwatch.StartNew();
            var exitCode = Run(arguments, out var output);
            var took = watch.Elapsed.TotalSeconds;
            if (exitCode == 0)
                return (AnalysisTime(output, set.Assemblies), took);

            var rules = AnalyzerError().Matches(output).Select(match => match.Groups["id"].Value).ToList();
            if (rules.Count(silenced.Add) == 0)
            {
                Explain(arguments, output);
                return null;
            }

            Console.WriteLine($"Silenced, because they are errors by themselves: {string.Join(", ", rules.Distinct())}.");
        }
    }

    private static string Table(IReadOnlyList<AnalyzerSet> sets, Dictionary<AnalyzerSet, List<(double Analysis, double Build)>> rounds, int? lines)
    {
        var rows = new List<string>
        {
            $"| Analyzers | Analysis, s (median, least–most){(lines is null ? "" : " | Per 100,000 lines, s")} | Build, s (median, least–most) |",
            $"| --- | ---:{(lines is null ? "" : " | ---:")} | ---: |",
        };

        foreach (var set in sets)
        {
            var analysis = rounds[set].Select(round => round.Analysis).Order().ToList();
            var build = rounds[set].Select(round => round.Build).Order().ToList();
            var perLine = lines is null ? "" : string.Create(CultureInfo.InvariantCulture, $" | {Median(analysis) * 100_000 / lines.Value:0.00}");
            var name = set.Version is null ? set.Name : $"{set.Name} {set.Version}";
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(analysis):0.00} ({analysis[0]:0.00}–{analysis[^1]:0.00}){perLine} | {Median(build):0.0} ({build[0]:0.0}–{build[^1]:0.0}) |"));
        }

        return string.Join(Environment.NewLine, rows);

        static double Median(List<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The time that the compiler reports for assemblies, in all projects of the build together.</summary>
    private static double AnalysisTime(string output, IReadOnlyList<string> assemblies)
    {
        var total = 0.0;
        foreach (Match line in ReportedAssembly().Matches(output))
        {
            if (assemblies.Any(assembly => line.Groups["name"].Value.StartsWith(assembly, StringComparison.Ordinal)) && double.TryParse(line.Groups["seconds"].Value, CultureInfo.InvariantCulture, out var seconds))
                total += seconds;
        }

        return total;
    }

    /// <summary>Downloads the packages and writes a file to import for each set; null where that fails.</summary>
    private static Dictionary<AnalyzerSet, string>? Restore(IReadOnlyList<AnalyzerSet> sets, string folder)
    {
        var project = Path.Combine(folder, "Packages.csproj");
        var packages = Path.Combine(folder, "packages");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestorePackagesPath>{packages}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', sets.Where(set => set.Package is not null).Select(set => $"""    <PackageDownload Include="{set.Package}" Version="[{set.Version}]" />"""))}
              </ItemGroup>
            </Project>
            """);

        return Command($"restore \"{project}\"")
            ? sets.ToDictionary(set => set, set => set.WriteTargets(folder, set.Package is null ? null : Path.Combine(packages, set.Package.ToLowerInvariant(), set.Version!)))
            : null;
    }

    private static bool Command(string arguments)
    {
        if (Run(arguments, out var output) == 0)
            return true;

        Explain(arguments, output);
        return false;
    }

    private static int Run(string arguments, out string output)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };

        // The report is read in English and with a decimal point.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";

        using var process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Explain(string arguments, string output)
    {
        Console.Error.WriteLine($"'dotnet {arguments}' failed:");
        Console.Error.WriteLine(string.Join(Environment.NewLine, output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct().Take(20)));
    }

    // "    0.345   28      HotPath.Analyzers, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null"
    [GeneratedRegex(@"^\s*<?(?<seconds>[0-9.]+)\s+<?[0-9]+\s+(?<name>\S+), Version=", RegexOptions.Multiline)]
    private static partial Regex ReportedAssembly();

    // "Font.cs(9,18): error MA0049: Type name should not match …": neither the compiler's nor the build's.
    [GeneratedRegex(@": error (?!CS|MSB|NETSDK|NU)(?<id>[A-Z]+[0-9]+):")]
    private static partial Regex AnalyzerError();

    private sealed record Request(string Project, int Repeat, int? Lines, string? Only, bool IsParallel, bool UsesServer)
    {
        public static Request? Parse(string[] arguments)
        {
            if (arguments is not [var project, .. var rest] || project.StartsWith('-') || rest.Length % 2 != 0)
                return null;

            var request = new Request(Path.GetFullPath(project), Repeat: 5, Lines: null, Only: null, IsParallel: true, UsesServer: false);
            foreach (var option in rest.Chunk(2))
            {
                var number = int.TryParse(option[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : (int?)null;
                var next = option[0] switch
                {
                    "--repeat" when number is not null => request with { Repeat = number.Value },
                    "--lines" when number is not null => request with { Lines = number },
                    "--only" => request with { Only = option[1] },
                    "--parallel" when option[1] is "yes" or "no" => request with { IsParallel = option[1] == "yes" },
                    "--server" when option[1] is "yes" or "no" => request with { UsesServer = option[1] == "yes" },
                    _ => null,
                };
                if (next is null)
                    return null;

                request = next;
            }

            return request;
        }
    }
}
