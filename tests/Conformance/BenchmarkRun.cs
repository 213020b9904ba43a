using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;

namespace HotPath.Tests;

/// <summary>Runs the forms of a benchmark class once, as BenchmarkDotNet would, and compares what they give.</summary>
internal static class BenchmarkRun
{
    // A size that is run in any case, so that what is compared does not hang on how busy the machine is.
    private const double AlwaysRun = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Before, After and Best give the same, from the smallest size up to 1,000 and to the largest that Before answers within a second.</summary>
    public static async Task SameResults(Type type)
    {
        Assert.True(Form(type, "Before") is not null && Form(type, "After") is not null, $"{type.Name} has no Before or no After.");

        var parameters = Parameters(type);
        var sizes = parameters.Where(parameter => parameter.IsSize).ToList();
        var steps = sizes.Select(size => size.Values.Length).DefaultIfEmpty(1).Max();

        foreach (var others in Combinations([.. parameters.Where(parameter => !parameter.IsSize)]))
        {
            var (took, largest) = (TimeSpan.Zero, 0d);
            for (var step = 0; step < steps; step++)
            {
                var chosen = sizes.ConvertAll(parameter => (parameter.Member, Value: parameter.Values[Math.Min(step, parameter.Values.Length - 1)]));
                var size = chosen.Select(parameter => Number(parameter.Value)).DefaultIfEmpty(0).Max();
                var growth = largest == 0 ? 1 : size / largest;

                // Before is quadratic at worst; what would take too long by that measure is left to the benchmark itself.
                if (size > AlwaysRun && took * growth * growth > Patience)
                    break;

                took = await Compare(type, [.. others, .. chosen]);
                largest = size;
            }
        }
    }

    /// <summary>Whether two results are equal: sequences and tuples by their elements, anything else by Equals.</summary>
    public static bool DeepEquals(object? one, object? other)
    {
        if (one is null || other is null || ReferenceEquals(one, other))
            return one is null && other is null || ReferenceEquals(one, other);

        if (one is string || other is string)
            return one.Equals(other);

        if (one is ITuple left && other is ITuple right)
            return left.Length == right.Length && Enumerable.Range(0, left.Length).All(i => DeepEquals(left[i], right[i]));

        if (one is IEnumerable && other is IEnumerable)
        {
            var (these, those) = (((IEnumerable)one).Cast<object?>().ToList(), ((IEnumerable)other).Cast<object?>().ToList());
            return these.Count == those.Count && these.Zip(those).All(pair => DeepEquals(pair.First, pair.Second));
        }

        var type = one.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && other.GetType() == type
            ? type.GetProperties().All(property => DeepEquals(property.GetValue(one), property.GetValue(other)))
            : one.Equals(other);
    }

    private static async Task<TimeSpan> Compare(Type type, IReadOnlyList<(MemberInfo Member, object? Value)> parameters)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var (member, value) in parameters)
            Set(member, instance, value);

        try
        {
            await CallAll<GlobalSetupAttribute>(instance);
            var (before, took) = await Run(instance, Form(type, "Before")!);

            foreach (var form in new[] { Form(type, "After"), Form(type, "Best") }.OfType<MethodInfo>())
            {
                var (after, _) = await Run(instance, form);
                var same = type.GetMethods(All).SingleOrDefault(method => method.Name == "Same" && method.GetParameters().Length == 2);

                Assert.True(same is not null || before is null or string || before is not IEnumerable || !ReferenceEquals(before, after),
                    $"{type.Name}: Before and {form.Name} give the very same object, so nothing is compared.");
                Assert.True(
                    same is null ? DeepEquals(before, after) : (bool)same.Invoke(same.IsStatic ? null : instance, [before, after])!,
                    $"{type.Name}: Before gives {Text(before)} and {form.Name} gives {Text(after)} for {string.Join(", ", parameters.Select(parameter => $"{parameter.Member.Name} = {parameter.Value}"))}.");
            }

            return took;
        }
        finally
        {
            await CallAll<GlobalCleanupAttribute>(instance);
            if (instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }
    }

    private static async Task<(object? Result, TimeSpan Took)> Run(object instance, MethodInfo form)
    {
        Assert.True(form.ReturnType != typeof(void) && form.ReturnType != typeof(Task) && form.ReturnType != typeof(ValueTask), $"{form.DeclaringType!.Name}.{form.Name} returns nothing, so nothing is compared.");

        await CallAll<IterationSetupAttribute>(instance);
        var started = Stopwatch.GetTimestamp();
        var result = await Call(instance, form);
        var took = Stopwatch.GetElapsedTime(started);
        await CallAll<IterationCleanupAttribute>(instance);

        return (result, took);
    }

    private static async Task CallAll<TAttribute>(object instance)
        where TAttribute : Attribute
    {
        foreach (var method in instance.GetType().GetMethods(All).Where(method => method.IsDefined(typeof(TAttribute))))
            await Call(instance, method);
    }

    private static async Task<object?> Call(object instance, MethodInfo method)
    {
        var result = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, CultureInfo.InvariantCulture);

        if (result is not null && result.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            result = type.GetMethod("AsTask")!.Invoke(result, null);

        if (result is ValueTask plain)
            await plain;

        if (result is not Task task)
            return result;

        await task;
        return method.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
    }

    private static MethodInfo? Form(Type type, string name) => type.GetMethod(name, All, []);

    /// <summary>The parameters of the class: sizes are numbers and grow, anything else is tried in every combination.</summary>
    private static List<(MemberInfo Member, object?[] Values, bool IsSize)> Parameters(Type type) =>
    [
        .. from member in type.GetMembers(All)
           let given = member.GetCustomAttribute<ParamsAttribute>()?.Values ?? (member.IsDefined(typeof(ParamsAllValuesAttribute)) ? AllValues(member) : null)
           where given is not null
           let isSize = given.Length > 0 && given.All(value => value is int or long or short or byte)
           select (member, isSize ? [.. given.OrderBy(Number)] : given, isSize),
    ];

    private static IEnumerable<List<(MemberInfo Member, object? Value)>> Combinations(List<(MemberInfo Member, object?[] Values, bool IsSize)> parameters) =>
        parameters.Aggregate(
            (IEnumerable<List<(MemberInfo, object?)>>)[[]],
            (combinations, parameter) => combinations.SelectMany(combination => parameter.Values.Select(value => new List<(MemberInfo, object?)>([.. combination, (parameter.Member, value)]))));

    private static object?[] AllValues(MemberInfo member) => TypeOf(member) is { IsEnum: true } type ? [.. Enum.GetValues(type).Cast<object?>()] : [false, true];

    private static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static void Set(MemberInfo member, object instance, object? value)
    {
        if (member is PropertyInfo property)
            property.SetValue(instance, value);
        else
            ((FieldInfo)member).SetValue(instance, value);
    }

    private static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(object? result)
    {
        var text = result switch
        {
            null => "null",
            string written => $"\"{written}\"",
            IEnumerable sequence => $"[{string.Join(", ", sequence.Cast<object?>().Take(20))}]",
            _ => Convert.ToString(result, CultureInfo.InvariantCulture) ?? "",
        };
        return text.Length <= 400 ? text : text[..400] + "…";
    }

    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
}
