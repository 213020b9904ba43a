using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using HotPath.Tests;

namespace HotPath.Tests
{
    /// <summary>Runs programs in a process of their own: the tests' own executable, which a start-up hook takes over before it looks for tests.</summary>
    internal static class ChildProcess
    {
        private const string Variable = "HOTPATH_PROGRAMS";
        private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

        /// <summary>For each program the outcomes of all inputs.</summary>
        public static async Task<IReadOnlyList<IReadOnlyList<Outcome>>> RunAsync(IReadOnlyList<byte[]> images, IReadOnlyList<Arguments> inputs, TimeSpan limit)
        {
            var folder = Directory.CreateTempSubdirectory("hotpath-programs-").FullName;
            try
            {
                var job = new Job(images, [.. inputs.Select(input => input.Values.Select(Packed.Of).ToArray())], limit);
                var path = Path.Combine(folder, "job.json");
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(job, Json));
                var said = await StartAsync(path, limit * (2 * images.Count * inputs.Count) + TimeSpan.FromMinutes(1));

                return [.. images.Select((_, number) => File.Exists(path + number)
                    ? JsonSerializer.Deserialize<List<Outcome>>(File.ReadAllText(path + number))!
                    : throw new InvalidOperationException($"The process ended while it ran the program {(number == 0 ? "before" : "after")} the fix:\n{said}"))];
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
            Arguments[] inputs = [.. job.Inputs.Select(input => Arguments.Create([.. input.Select(value => value.Unpack())]))];

            for (var number = 0; number < job.Images.Count; number++)
            {
                var outcomes = Execution.Run(job.Images[number], inputs, job.Limit);
                File.WriteAllText(path + number + ".part", JsonSerializer.Serialize(outcomes));
                File.Move(path + number + ".part", path + number);
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

        private sealed record Job(IReadOnlyList<byte[]> Images, IReadOnlyList<Packed[]> Inputs, TimeSpan Limit);

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
