using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
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

    /// <summary>
    /// Runs programs in another process: the tests' own executable, which a start-up hook takes over before it looks for tests. A process that is done with its programs
    /// waits for the next ones, because libraries such as EF Core take a second to be compiled.
    /// </summary>
    internal sealed class ChildProcess
    {
        private const string Variable = "HOTPATH_PROGRAMS";

        /// <summary>Libraries that never let go of a load context let the process grow.</summary>
        private const int MostJobs = 40;

        private static readonly ConcurrentBag<ChildProcess> Idle = [];
        private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
        private readonly Process process;
        private readonly StringBuilder errors = new();
        private int jobs;

        private ChildProcess()
        {
            var tests = typeof(ChildProcess).Assembly.Location;
            var start = new ProcessStartInfo(Host(), ["exec", tests]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            start.Environment["DOTNET_STARTUP_HOOKS"] = tests;
            start.Environment[Variable] = "1";

            process = Process.Start(start)!;
            process.ErrorDataReceived += (_, line) =>
            {
                lock (errors)
                    errors.AppendLine(line.Data);
            };
            process.BeginErrorReadLine();
        }

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
                    var said = await DoAsync(path, limit * (2 * rest.Sum(run => run.Inputs.Length)) + TimeSpan.FromMinutes(1));

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

        /// <summary>In the child: runs the programs of one job after the other, if any are to be run, and ends the process when nobody is left to ask for more.</summary>
        public static void RunIfAsked()
        {
            if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 })
                return;

            // Programs have another console.
            using var asked = new StreamReader(Console.OpenStandardInput());
            using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
            Console.SetIn(TextReader.Null);

            while (asked.ReadLine() is { } path && Run(path))
                answers.WriteLine(Answer(path));

            Environment.Exit(0);
        }

        private static string Answer(string job) => "done: " + job;

        /// <summary>In the child: runs the programs of a job; whether all of them came to an end.</summary>
        private static bool Run(string path)
        {
            using var text = File.OpenRead(path);
            var job = JsonSerializer.Deserialize<Job>(text, Json)!;
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
                    return false;
                }
            }

            return true;
        }

        /// <summary>Has a job done, by a process that waits for one if there is any; what the process said before it died, if it did.</summary>
        private static async Task<string> DoAsync(string job, TimeSpan limit)
        {
            if (!Idle.TryTake(out var child) || child.process.HasExited)
                child = new();

            using var patience = new CancellationTokenSource(limit);
            try
            {
                return await child.RunAsync(job, patience.Token);
            }
            catch (OperationCanceledException)
            {
                child.process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The programs do not end within {limit}.");
            }
        }

        private async Task<string> RunAsync(string job, CancellationToken patience)
        {
            var said = new StringBuilder();
            await process.StandardInput.WriteLineAsync(job.AsMemory(), patience);
            await process.StandardInput.FlushAsync(patience);

            while (await process.StandardOutput.ReadLineAsync(patience) is { } line)
            {
                if (line.EndsWith(Answer(job), StringComparison.Ordinal))
                {
                    if (++jobs < MostJobs)
                        Idle.Add(this);
                    else
                        process.StandardInput.Close();

                    return "";
                }

                said.AppendLine(line);
            }

            await process.WaitForExitAsync(patience);
            lock (errors)
                return said.Append(errors).ToString();
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
