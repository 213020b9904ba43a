using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>What one run of a program showed.</summary>
/// <param name="Result">What it returned, or the exception it ended with.</param>
/// <param name="Console">What it wrote.</param>
/// <param name="Trace">What it told the recorder, in order.</param>
/// <param name="Arguments">Its arguments as it left them.</param>
public sealed record Outcome(string Result, string Console, string Trace, string Arguments)
{
    /// <inheritdoc/>
    public override string ToString() => $"  result: {Result}\n  console: {Console}\n  trace: {Trace}\n  arguments: {Arguments}";
}

/// <summary>Compiles programs and runs them in load contexts of their own.</summary>
internal sealed class Execution(TimeSpan limit)
{
    /// <summary>The recorder that programs tell what they do, where the order of calls is to be observed.</summary>
    public const string TraceSource = """
        /// <summary>Records what a program does, in order.</summary>
        internal static class Trace
        {
            private static readonly System.Collections.Generic.List<string> Entries = new System.Collections.Generic.List<string>();

            /// <summary>Records something.</summary>
            public static void Log(object? what)
            {
                lock (Entries)
                    Entries.Add(System.Convert.ToString(what, System.Globalization.CultureInfo.InvariantCulture) ?? "null");
            }

            /// <summary>Records something and returns a value, for use inside an expression.</summary>
            public static T Log<T>(object? what, T value)
            {
                Log(what);
                return value;
            }
        }
        """;

    private static readonly string[] Cultures = ["", "tr-TR"];

    /// <summary>The outcomes of all inputs under each culture.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(RuleProject project, IReadOnlyList<Arguments> inputs) =>
        Run(await CompileAsync(project), inputs.Count == 0 ? [[]] : inputs);

    private static async Task<byte[]> CompileAsync(RuleProject project)
    {
        var compilation = (await project.Project.GetCompilationAsync())!;
        using var image = new MemoryStream();
        var result = compilation.WithAssemblyName("Program_" + Guid.NewGuid().ToString("N")).Emit(image);
        Assert.True(result.Success, $"Does not compile: {string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}\n{await project.TextAsync()}");
        return image.ToArray();
    }

    private List<Outcome> Run(byte[] image, IReadOnlyList<Arguments> inputs)
    {
        var context = new AssemblyLoadContext("program", isCollectible: true);
        try
        {
            var program = context.LoadFromStream(new MemoryStream(image));
            var entry = Entry(program);
            var trace = (List<string>)program.GetType("Trace")!.GetField("Entries", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
            return [.. Cultures.SelectMany(culture => inputs.Select(input => Run(entry, input, culture, trace)))];
        }
        finally
        {
            context.Unload();
        }
    }

    private static MethodInfo Entry(Assembly program)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var candidates = program.GetTypes().SelectMany(type => type.GetMethods(All)).Where(method => method.Name == "Run").ToList();

        return candidates.Count switch
        {
            1 => candidates[0],
            0 when program.EntryPoint is { } main => main,
            _ => throw new InvalidOperationException($"A program needs exactly one method named Run, or top-level statements; there are {candidates.Count}."),
        };
    }

    private Outcome Run(MethodInfo entry, Arguments input, string culture, List<string> trace)
    {
        trace.Clear();
        var arguments = Fit(entry, input);
        var result = "";

        using var output = new ConsoleOutput();
        var thread = new Thread(
            () =>
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
                output.Begin();
                result = Result(entry, arguments);
            },
            maxStackSize: 16 * 1024 * 1024) { IsBackground = true };

        thread.Start();
        if (!thread.Join(limit))
            throw new TimeoutException($"The program did not end within {limit} for the input ({input}).");

        return new(result, output.Text, string.Join(", ", trace), string.Join(", ", arguments.Select(Snapshot.Of)));
    }

    private static string Result(MethodInfo entry, object?[] arguments)
    {
        try
        {
            var instance = entry.IsStatic ? null : Activator.CreateInstance(entry.DeclaringType!, nonPublic: true);
            return Snapshot.Of(Awaited(entry.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null)));
        }
        catch (Exception exception)
        {
            return "throws " + Snapshot.Of(exception, entry.Module.Assembly);
        }
    }

    /// <summary>The result of a task, the elements of an asynchronous sequence, or the value itself.</summary>
    private static object? Awaited(object? result)
    {
        if (result is null)
            return null;

        var type = result.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            result = type.GetMethod("AsTask")!.Invoke(result, null);
        else if (result is ValueTask plain)
            result = plain.AsTask();

        if (result is Task task)
        {
            task.GetAwaiter().GetResult();
            for (var t = task.GetType(); t is not null; t = t.BaseType)
            {
                if (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Task<>))
                    return t.GetGenericArguments()[0].Name == "VoidTaskResult" ? null : t.GetProperty("Result")!.GetValue(task);
            }

            return null;
        }

        var sequence = Array.Find(type.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        return sequence is null ? result : typeof(Execution)
            .GetMethod(nameof(ElementsAsync), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(sequence.GetGenericArguments())
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [result], null);
    }

    private static List<T> ElementsAsync<T>(IAsyncEnumerable<T> sequence) => sequence.ToBlockingEnumerable().ToList();

    /// <summary>Copies of the arguments, each as its parameter asks for it.</summary>
    private static object?[] Fit(MethodInfo entry, Arguments input)
    {
        var parameters = entry.GetParameters();
        if (parameters.Length == 1 && entry == entry.Module.Assembly.EntryPoint)
            return [input.Values.Select(value => (string)value!).ToArray()];

        if (parameters.Length != input.Values.Length)
            throw new ArgumentException($"{entry} takes {parameters.Length} argument(s); the input is ({input}).");

        return [.. parameters.Zip(input.Values, (parameter, value) => Fit(parameter.ParameterType, value is Arguments.Made made ? made.Make() : Copy.Of(value)))];
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

        if (value is IEnumerable && !target.IsAbstract && target.GetConstructors().FirstOrDefault(constructor => constructor.GetParameters() is [var only] && only.ParameterType.IsInstanceOfType(value)) is { } constructor)
            return constructor.Invoke([value]);

        throw new ArgumentException($"{Snapshot.Of(value)} is no {type}.");
    }
}
