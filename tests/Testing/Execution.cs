using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>What one run of a program showed.</summary>
/// <param name="Input">What it was given, and under which culture.</param>
/// <param name="Result">What it returned, or the exception it ended with.</param>
/// <param name="Console">What it wrote.</param>
/// <param name="Trace">What it told the recorder, in order.</param>
/// <param name="Arguments">Its arguments as it left them.</param>
public sealed record Outcome(string Input, string Result, string Console, string Trace, string Arguments)
{
    /// <inheritdoc/>
    public override string ToString() => $"for {Input}\n  result: {Result}\n  console: {Console}\n  trace: {Trace}\n  arguments: {Arguments}";
}

/// <summary>Compiles programs and runs them on inputs, in load contexts or a process of their own.</summary>
internal sealed class Execution(TimeSpan limit, bool inChildProcess)
{
    /// <summary>The recorder that programs tell what they do, where the order of calls is to be observed.</summary>
    public const string TraceSource = """
        /// <summary>Records what a program does, in order.</summary>
        internal static class Trace
        {
            private static readonly System.Collections.Generic.List<string> Entries = new System.Collections.Generic.List<string>();

            /// <summary>Records something.</summary>
            public static void Log(object what)
            {
                lock (Entries)
                    Entries.Add(System.Convert.ToString(what, System.Globalization.CultureInfo.InvariantCulture));
            }

            /// <summary>Records something and returns a value, for use inside an expression.</summary>
            public static T Log<T>(object what, T value)
            {
                Log(what);
                return value;
            }
        }
        """;

    /// <summary>The cultures under which programs are run, one after the other.</summary>
    private static readonly string[] Cultures = ["", "tr-TR"];

    /// <summary>For each program the outcomes of all inputs under each culture.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Outcome>>> RunAsync(IReadOnlyList<RuleProject> programs, IReadOnlyList<Arguments> inputs)
    {
        var images = new List<byte[]>();
        foreach (var program in programs)
            images.Add(await CompileAsync(program));

        if (inputs.Count == 0)
            inputs = [[]];

        return inChildProcess ? await ChildProcess.RunAsync(images, inputs, limit) : [.. images.Select(image => Run(image, inputs, limit))];
    }

    /// <summary>The outcomes of one program, in a load context of its own in this process.</summary>
    internal static IReadOnlyList<Outcome> Run(byte[] image, IReadOnlyList<Arguments> inputs, TimeSpan limit)
    {
        var context = new AssemblyLoadContext("program", isCollectible: true);
        try
        {
            return Run(context.LoadFromStream(new MemoryStream(image)), space: null, inputs, variesCulture: true, limit);
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>The outcomes of one program of an assembly: the one in a namespace, if there are several.</summary>
    internal static IReadOnlyList<Outcome> Run(Assembly program, string? space, IReadOnlyList<Arguments> inputs, bool variesCulture, TimeSpan limit)
    {
        var entry = Entry(program, space);
        var trace = (List<string>)program.GetType("Trace")!.GetField("Entries", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        return [.. Cultures.Take(variesCulture ? Cultures.Length : 1).SelectMany(culture => inputs.Select(input => Run(entry, input, culture, trace, limit)))];
    }

    /// <summary>Without optimisation, so that no frame is inlined away and the thrower of an exception is known.</summary>
    private static async Task<byte[]> CompileAsync(RuleProject project)
    {
        var compilation = (await project.Project.GetCompilationAsync())!;
        using var image = new MemoryStream();
        var result = compilation.WithAssemblyName("Program_" + Guid.NewGuid().ToString("N")).Emit(image);
        if (!result.Success)
            throw new InvalidOperationException($"Does not compile: {string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}\n{await project.TextAsync()}");

        return image.ToArray();
    }

    private static MethodInfo Entry(Assembly program, string? space)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var candidates = program.GetTypes().Where(type => space is null || type.Namespace == space).SelectMany(type => type.GetMethods(All)).Where(method => method.Name == "Run" && !method.IsAbstract).ToList();

        return candidates.Count switch
        {
            1 => candidates[0],
            0 when program.EntryPoint is { } main => main,
            _ => throw new InvalidOperationException($"A program needs exactly one method named Run, or top-level statements; there are {candidates.Count} methods of that name."),
        };
    }

    private static Outcome Run(MethodInfo entry, Arguments input, string culture, List<string> trace, TimeSpan limit)
    {
        var folder = input.Values.Contains(Arguments.File.Instance) ? Directory.CreateTempSubdirectory("hotpath-").FullName : null;
        try
        {
            trace.Clear();
            var arguments = Fit(entry, input, folder);
            var output = new ConsoleOutput();
            string result = "", left = "";

            var thread = new Thread(
                () =>
                {
                    CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
                    output.Begin();
                    result = Result(entry, arguments);
                    left = string.Join(", ", arguments.Select(argument => Snapshot.Of(argument)));
                },
                maxStackSize: 16 * 1024 * 1024) { IsBackground = true };

            thread.Start();
            if (!thread.Join(limit))
                throw new TimeoutException($"The program does not end within {limit} for ({input}).");

            return new($"({input}) in culture '{culture}'", Anywhere(result), Anywhere(output.Text), Anywhere(string.Join(", ", trace)), Anywhere(left));
        }
        finally
        {
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
        }

        string Anywhere(string text) => folder is null ? text : text.Replace(folder, "<folder>", StringComparison.Ordinal);
    }

    private static string Result(MethodInfo entry, object?[] arguments)
    {
        try
        {
            var instance = entry.IsStatic ? null : Activator.CreateInstance(entry.DeclaringType!, nonPublic: true);
            var result = entry.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return Snapshot.Of(Awaited(result), entry.Module.Assembly);
        }
        catch (Exception exception)
        {
            return "throws " + Snapshot.Of(exception, entry.Module.Assembly);
        }
    }

    /// <summary>The result of a task, the elements of an asynchronous sequence, or the value itself.</summary>
    private static object? Awaited(object? value)
    {
        if (value is ValueTask plain)
            value = plain.AsTask();
        else if (value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            value = type.GetMethod("AsTask")!.Invoke(value, null);

        if (value is Task task)
        {
            task.GetAwaiter().GetResult();
            return ResultType(task) is { } result ? Awaited(result.GetProperty("Result")!.GetValue(task)) : null;
        }

        return value?.GetType().GetInterfaces().FirstOrDefault(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } sequence
            ? typeof(Execution).GetMethod(nameof(Elements), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(sequence.GetGenericArguments()).Invoke(null, [value])
            : value;
    }

    /// <summary>The type a task's result is read from; a task without a result has one too, of a type nobody can name.</summary>
    private static Type? ResultType(Task task)
    {
        for (var type = task.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
                return type.GetGenericArguments()[0].Name == "VoidTaskResult" ? null : type;
        }

        return null;
    }

    private static IEnumerable<T> Elements<T>(IAsyncEnumerable<T> sequence) => sequence.ToBlockingEnumerable();

    /// <summary>Copies of the arguments, each as its parameter asks for it.</summary>
    private static object?[] Fit(MethodInfo entry, Arguments input, string? folder)
    {
        var parameters = entry.GetParameters();
        if (entry == entry.Module.Assembly.EntryPoint)
            return parameters.Length == 0 ? [] : [input.Values.Select(value => (string)Own(value)!).ToArray()];

        if (parameters.Length != input.Values.Length)
            throw new ArgumentException($"{entry} takes {parameters.Length} argument(s); the input is ({input}).");

        return [.. parameters.Zip(input.Values, (parameter, value) => Fit(parameter.ParameterType, Own(value)))];

        object? Own(object? value) => value switch
        {
            Arguments.Made made => made.Make(),
            Arguments.File => Path.Combine(folder!, "file"),
            _ => Copy.Of(value),
        };
    }

    private static object? Fit(Type type, object? value)
    {
        if (value is null || type.IsInstanceOfType(value))
            return value;

        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsEnum)
            return Enum.ToObject(target, value);

        if (value is IConvertible && typeof(IConvertible).IsAssignableFrom(target))
            return Convert.ChangeType(value, target, CultureInfo.InvariantCulture);

        var constructor = value is IEnumerable && !target.IsAbstract
            ? target.GetConstructors().FirstOrDefault(candidate => candidate.GetParameters() is [var only] && only.ParameterType.IsInstanceOfType(value))
            : null;

        return constructor?.Invoke([value]) ?? throw new ArgumentException($"{Snapshot.Of(value)} is no {type}.");
    }
}
