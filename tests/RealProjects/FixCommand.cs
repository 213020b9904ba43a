using System.Text;
using Microsoft.CodeAnalysis;

namespace HotPath.RealProjects;

/// <summary>Applies all fixes to a copy, and asks the compiler and the tests whether anything broke.</summary>
internal static class FixCommand
{
    private const int Lines = 40;

    /// <summary>Exit code 1 where an analyzer or a fix threw, or the code no longer compiles or passes its tests.</summary>
    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, Progress progress, CancellationToken cancellationToken)
    {
        var isLoose = arguments.Loose || Directory.Exists(arguments.Path);
        var root = arguments.Loose && !Directory.Exists(arguments.Path) ? Path.GetDirectoryName(arguments.Path)! : TreeCopy.RootOf(arguments.Path);

        progress.Say($"Copying {root}");
        using var copy = TreeCopy.Of(root, cancellationToken);
        var path = copy.Map(arguments.Path);
        var quoted = $"\"{path}\"";
        var build = arguments.Build ?? (isLoose ? null : $"dotnet build {quoted} -nologo -v q -p:TreatWarningsAsErrors=false");
        var test = arguments.Test ?? (isLoose ? null : $"dotnet test {quoted} --no-build --logger trx");

        if (build is not null)
        {
            progress.Say($"Building: {build}");
            if (await Shell.RunAsync(build, copy.Folder, cancellationToken) is { ExitCode: not 0 } broken)
            {
                output.WriteLine("It does not build before any fix:");
                Print(broken.Lines, output);
                return 1;
            }
        }

        var before = await TestAsync(test, copy.Folder, progress, cancellationToken);

        using var code = await OpenedCode.OpenAsync(path, arguments.Loose, progress, cancellationToken);
        foreach (var problem in code.Problems)
            progress.Say(problem);

        if (code.Projects.Count == 0)
        {
            output.WriteLine($"'{arguments.Path}' holds no C# source.");
            return 1;
        }

        var fixing = await Fixing.RunAsync(code.Projects, arguments, progress, cancellationToken);
        var written = await WriteAsync(fixing, copy.Folder, cancellationToken);

        output.WriteLine($"{written.Count} files changed in {fixing.Rounds} rounds");
        foreach (var (id, count) in fixing.Before.All.CountBy(finding => finding.Id, StringComparer.Ordinal).OrderBy(count => count.Key, StringComparer.Ordinal))
            output.WriteLine($"{id}: {count} findings before, {fixing.After.All.Count(finding => finding.Id == id)} after");

        var failed = Report("exceptions of analyzers", fixing.Before.Exceptions.Keys.Concat(fixing.After.Exceptions.Keys).Distinct(StringComparer.Ordinal), output);
        failed |= Report("exceptions of fixes", fixing.Exceptions, output);
        failed |= Report("new compile errors in memory", fixing.NewErrors, output);
        failed |= Report("findings left that have a safe fix", fixing.Unfixed, output);
        failed |= Report("projects in which the fixes found no end", fixing.Restless, output);

        if (build is not null)
        {
            progress.Say($"Building: {build}");
            var built = await Shell.RunAsync(build, copy.Folder, cancellationToken);
            failed |= Report("compile errors", built.ExitCode == 0 ? [] : built.Lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).DefaultIfEmpty($"exit code {built.ExitCode}"), output);
            output.WriteLine(built.ExitCode == 0 ? "It builds" : "It does not build any more");
        }

        if (before is not null && await TestAsync(test, copy.Folder, progress, cancellationToken) is { } after)
        {
            output.WriteLine($"Tests before: {before.Summary}");
            output.WriteLine($"Tests after: {after.Summary}");
            failed |= Report("tests that end otherwise", after.DifferencesFrom(before), output);
        }

        if (arguments.Keep)
        {
            copy.Keep = true;
            output.WriteLine($"The copy is {copy.Folder}");
        }

        return failed ? 1 : 0;
    }

    private static async Task<TestRun?> TestAsync(string? command, string folder, Progress progress, CancellationToken cancellationToken)
    {
        if (command is null)
            return null;

        foreach (var old in Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories).ToList())
            File.Delete(old);

        progress.Say($"Testing: {command}");
        return TestRun.Of(await Shell.RunAsync(command, folder, cancellationToken), folder);
    }

    /// <summary>Writes changed and new files below the copy, in the encoding they had.</summary>
    private static async Task<List<string>> WriteAsync(Fixing fixing, string folder, CancellationToken cancellationToken)
    {
        var written = new List<string>();
        foreach (var document in await fixing.ChangedAsync(fixing.Original))
        {
            var path = document.FilePath ?? Path.Combine(Path.GetDirectoryName(document.Project.FilePath) ?? folder, document.Name);
            if (!Path.GetFullPath(path).StartsWith(folder, StringComparison.Ordinal))
                continue;

            var text = await document.GetTextAsync(cancellationToken);
            await File.WriteAllTextAsync(path, text.ToString(), text.Encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            written.Add(path);
        }

        return written;
    }

    private static bool Report(string what, IEnumerable<string> lines, TextWriter output)
    {
        var all = lines.ToList();
        output.WriteLine($"{all.Count} {what}");
        foreach (var line in all.Take(Lines))
            output.WriteLine($"  {line}");

        return all.Count > 0;
    }

    private static void Print(IReadOnlyList<string> lines, TextWriter output)
    {
        foreach (var line in lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).Take(Lines))
            output.WriteLine($"  {line}");
    }
}
