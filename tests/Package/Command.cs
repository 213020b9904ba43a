using System.Diagnostics;
using System.Text;

namespace HotPath.Tests.Package;

/// <summary>A command line, run to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs <c>dotnet</c> as from a shell of its own: nothing of the build around the tests, nothing left running.</summary>
    public static Outcome Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        foreach (var inherited in start.Environment.Keys.Where(IsOfTheBuild).ToList())
            start.Environment.Remove(inherited);

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'dotnet {string.Join(' ', arguments)}' ran longer than {Limit}.\n{output}");
        }

        process.WaitForExit();
        return new Outcome(process.ExitCode, output.ToString());

        void Append(string? line)
        {
            if (line is null)
                return;

            lock (output)
                output.Append(line).Append('\n');
        }
    }

    private static bool IsOfTheBuild(string variable) =>
        variable.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable is "DOTNET_HOST_PATH" or "CI" or "TF_BUILD" or "GITHUB_ACTIONS" or "UPDATE";
}

/// <summary>How a command ended.</summary>
internal sealed record Outcome(int ExitCode, string Output)
{
    /// <summary>The output of a command that must succeed.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}:\n{Output}");
        return Output;
    }
}
