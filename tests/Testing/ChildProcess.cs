using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Serialization;
using HotPath.Tests;

namespace HotPath.Tests
{
    /// <summary>One program to be run.</summary>
    /// <param name="Image">The place of its assembly among those of the job.</param>
    /// <param name="Namespace">Where it is in there, if there are others.</param>
    /// <param name="Inputs">What it is run with.</param>
    /// <param name="VariesCulture">Whether it is run again under another culture.</param>
    internal sealed record ProgramRun(int Image, string? Namespace, IReadOnlyList<Arguments> Inputs, bool VariesCulture);

    /// <summary>What one program showed, or why it showed nothing: it did not end, or took the process with it.</summary>
    internal sealed record ProgramOutcome(IReadOnlyList<Outcome>? Outcomes, string? Failure);

    /// <summary>Runs programs in a process of their own: the tests' own executable, which a start-up hook takes over before it looks for tests.</summary>
    internal static class ChildProcess
    {
        private const string Variable = "HOTPATH_PROGRAMS";
        private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

        /// <summary>For each program the outcomes of all inputs.</summary>
        public static async Task<IReadOnlyList<IReadOnlyList<Outcome>>> RunAsync(IReadOnlyList<byte[]> images, IReadOnlyList<Arguments> inputs, TimeSpan limit)
        {
            var runs = await RunAsync(images, [.. images.Select((_, number) => new ProgramRun(number, Namespace: null, inputs, VariesCulture: true))], limit);
            return [.. runs.Select((run, number) => run.Outcomes ?? throw new InvalidOperationException($"The process ended while it ran the program {(number == 0 ? "before" : "after")} the fix:\n{run.Failure}"))];
        }

        /// <summary>The outcomes of many programs in one process; where a program ends it, or does not end, another one goes on behind it.</summary>
        public static async Task<IReadOnlyList<ProgramOutcome>> RunAsync(IReadOnlyList<byte[]> images, IReadOnlyList<ProgramRun> runs, TimeSpan limit)
        {
            var folder = Directory.CreateTempSubdirectory("hotpath-programs-").FullName;
            try
            {
                var path = Path.Combine(folder, "job.json");
                for (var i = 0; i < images.Count; i++)
                    await File.WriteAllBytesAsync(path + "." + i, images[i]);

                var outcomes = new List<ProgramOutcome>();
                while (outcomes.Count < runs.Count)
                {
                    PackedRun[] rest = [.. runs.Skip(outcomes.Count).Select(run => new PackedRun(run.Image, run.Namespace, [.. run.Inputs.Select(input => input.Values.Select(Packed.Of).ToArray())], run.VariesCulture))];
                    await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new Job(rest, limit), Json));
                    var said = await StartAsync(path, limit * (2 * rest.Sum(run => run.Inputs.Length)) + TimeSpan.FromMinutes(1));

                    var results = path + ".results";
                    var known = outcomes.Count;
                    if (File.Exists(results))
                    {
                        outcomes.AddRange((await File.ReadAllLinesAsync(results)).Select(line => JsonSerializer.Deserialize<ProgramOutcome>(line)!));
                        File.Delete(results);
                    }

                    if (outcomes.Count < runs.Count && (outcomes.Count == known || outcomes[^1].Failure is null))
                        outcomes.Add(new(null, said.Trim().Split('\n', 2)[0]));
                }

                return outcomes;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        /// <summary>In the child: runs the programs, if any are to be run, and ends the process.</summary>
        public static void RunIfAsked()
        {
            if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
                return;

            var job = JsonSerializer.Deserialize<Job>(File.ReadAllText(path), Json)!;
            var images = new Dictionary<int, Assembly>();
            using var results = new StreamWriter(path + ".results") { AutoFlush = true };

            foreach (var run in job.Runs)
            {
                if (!images.TryGetValue(run.Image, out var program))
                    images.Add(run.Image, program = new AssemblyLoadContext("program", isCollectible: true).LoadFromStream(new MemoryStream(File.ReadAllBytes(path + "." + run.Image))));

                try
                {
                    Arguments[] inputs = [.. run.Inputs.Select(input => Arguments.Create([.. input.Select(value => value.Unpack())]))];
                    results.WriteLine(JsonSerializer.Serialize(new ProgramOutcome(Execution.Run(program, run.Namespace, inputs, run.VariesCulture, job.Limit), null)));
                }
                catch (TimeoutException exception)
                {
                    // What still runs would tell the recorder of the next program.
                    results.WriteLine(JsonSerializer.Serialize(new ProgramOutcome(null, exception.Message)));
                    break;
                }
            }

            Environment.Exit(0);
        }

        /// <summary>Runs the child to its end; what it said on the way.</summary>
        private static async Task<string> StartAsync(string job, TimeSpan limit)
        {
            var tests = typeof(ChildProcess).Assembly.Location;
            var start = new ProcessStartInfo(Host(), ["exec", tests]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            start.Environment["DOTNET_STARTUP_HOOKS"] = tests;
            start.Environment[Variable] = job;

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();

            try
            {
                await process.WaitForExitAsync(new CancellationTokenSource(limit).Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The programs do not end within {limit}.");
            }

            return await output + await errors;
        }

        /// <summary>The shared framework lies in &lt;root&gt;/shared/&lt;name&gt;/&lt;version&gt;/, the host in its root.</summary>
        private static string Host() =>
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

        private sealed record Job(IReadOnlyList<PackedRun> Runs, TimeSpan Limit);

        private sealed record PackedRun(int Image, string? Namespace, Packed[][] Inputs, bool VariesCulture);

        /// <summary>A value as its type and its JSON.</summary>
        private sealed record Packed(string Type, string Value)
        {
            public static Packed Of(object? value) => value switch
            {
                null => new("null", ""),
                Arguments.File => new("file", ""),
                Arguments.Made => throw new NotSupportedException("What New(…) makes cannot be handed to a child process."),
                _ => new(value.GetType().AssemblyQualifiedName!, JsonSerializer.Serialize(value, value.GetType(), Json)),
            };

            public object? Unpack() => Type switch
            {
                "null" => null,
                "file" => Arguments.File.Instance,
                _ => JsonSerializer.Deserialize(Value, System.Type.GetType(Type, throwOnError: true)!, Json),
            };
        }
    }
}

/// <summary>What the runtime calls before <c>Main</c> of a child process; its name and the missing namespace are the runtime's.</summary>
internal static class StartupHook
{
    /// <summary>Runs programs instead of tests, if asked to.</summary>
    public static void Initialize() => ChildProcess.RunIfAsked();
}
