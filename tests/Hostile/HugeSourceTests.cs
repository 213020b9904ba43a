using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace HotPath.Tests;

/// <summary>What generators and beginners write: deep, wide and long sources are analysed without an exception, and to their end.</summary>
public sealed class HugeSourceTests(ITestOutputHelper output)
{
    private const int LargeStack = 64 << 20;

    /// <summary>How many times smaller than the full size the slowest sources are, unless all of them are asked for: a test run of every day takes seconds for them.</summary>
    private static readonly int Reduction = HostileSources.IsFullRun ? 1 : 10;

    private static readonly string[] Headers = ["for (var i# = 0; i# < n; i#++)", "foreach (var x# in list)", "while (n > #)"];

    /// <summary>One statement of each kind that a rule looks at; '#' becomes a number.</summary>
    private static readonly string[] Patterns =
    [
        "foreach (var item in list) text += item;",
        "for (var i = 0; i < list.Count; i++) { if (i > 0) text += \", \"; text += list[i]; }",
        "foreach (var item in other) { if (list.Contains(item)) n++; }",
        "foreach (var item in other) { if (!unique.Contains(item)) unique.Add(item); }",
        "foreach (var item in other) { if (new Regex(\"^#$\").IsMatch(item)) n--; }",
        "foreach (var item in other) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t#\"; command.ExecuteNonQuery(); }",
        "foreach (var item in other) { using var transaction = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t#\", transaction: transaction); transaction.Commit(); }",
        "foreach (var item in other) { context.Add(item); context.SaveChanges(); }",
        "{ var part# = \"\"; foreach (var item in list.Where(x => !field.Contains(x))) { part# = part# + item + #; } text = part#; }",
    ];

    [Fact]
    public Task Up_to_a_thousand_nested_loops() => Survives(Method(Nested(1_000 / Math.Min(Reduction, 4), "text += n; if (list.Contains(text)) n++;", everyLevel: "")));

    [Fact]
    public Task A_hundred_nested_loops_with_something_to_find_in_each() =>
        Survives(Method(Nested(100, "n++;", everyLevel: "text += n; if (list.Contains(text)) n++; if (!unique.Contains(text)) unique.Add(text);")));

    [Theory]
    [InlineData(" + ", "text = text + {0};")]
    [InlineData(" + ", "text += {0};")]
    [InlineData(" + ", "text = {0} + text;")]
    [InlineData(" + ", "unique.Add({0});")]
    [InlineData(" + ", "if (list.Contains({0})) n++;")]
    [InlineData(" + ", "if (!unique.Contains({0})) unique.Add({0});")]
    [InlineData(" + ", "_ = new Regex({0});")]
    [InlineData(" + ", "connection.Execute({0});")]
    public Task Up_to_five_thousand_operands(string @operator, string statement) =>
        Survives(Method($"foreach (var item in other) {{ {string.Format(statement, string.Join(@operator, Enumerable.Range(0, 5_000 / Reduction).Select(i => i % 3 == 0 ? $"\"{i}\"" : "item")))} }}"));

    [Theory]
    [InlineData("if ({0}) text += item;")]
    [InlineData("if ({0} && list.Contains(item)) n++;")]
    [InlineData("if (!unique.Contains(item) && {0}) unique.Add(item);")]
    [InlineData("while ({0}) text += item;")]
    public Task Up_to_five_thousand_conditions(string statement) =>
        Survives(Method($"foreach (var item in other) {{ {string.Format(statement, string.Join(" && ", Enumerable.Range(0, 5_000 / Reduction).Select(i => $"text.Length != {i}")))} }}"));

    [Fact]
    public Task A_method_of_up_to_twenty_thousand_lines() => Survives(Method(Lines(20_000 / Reduction)));

    [Fact]
    public Task A_type_with_up_to_ten_thousand_methods() =>
        Survives(Type(string.Concat(Enumerable.Range(0, 10_000 / Reduction).Select(i => $"void M{i}(int n, List<string> list, List<string> other) {{ var text = \"\"; List<string> unique = []; {Patterns[i % Patterns.Length].Replace("#", $"{i}")} field = list; }}\n"))));

    [Fact]
    public Task A_recursion_of_up_to_twenty_thousand_lines() =>
        Survives(Type($"static long F(int n) {{ long sum = n; {string.Concat(Enumerable.Range(0, 10_000 / Reduction).Select(i => $"if (n == {i})\n sum += F(n - 1);\n"))} return sum; }}"));

    [Fact]
    public Task Methods_that_call_each_other_in_many_places() => Survives(Type(string.Concat(Enumerable.Range(0, 10).Select(layer => $$"""
        private string name{{layer}} = "";
        private void Layer{{layer}}(List<string> list, int n)
        {
            foreach (var item in list)
            {
                name{{layer}} += item;
                if (field.Contains(item) || list.Contains(item))
                    n++;
                {{string.Concat(Enumerable.Repeat($"Layer{(layer + 1) % 10}(list, n); Layer{layer}(list, n); ", 20))}}
            }
        }

        """))));

    [Fact]
    public Task Up_to_ten_thousand_methods_that_call_each_other() => Survives(Type(Mutual(10_000 / Reduction)));

    /// <summary>Each method calls three others in loops and its neighbour behind them: a circle, and a chain as deep as there are methods.</summary>
    private static string Mutual(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $$"""
        private bool Circle{{i}}(List<string> list, string key)
        {
            foreach (var item in list)
            {
                if (Circle{{(i + 1) % count}}(list, item) || Circle{{(i * 7 + 3) % count}}(list, key) || Chain{{i}}(list, item))
                    Circle{{(i * 31 + 5) % count}}(field, item);
            }

            return field.Contains(key);
        }

        private bool Chain{{i}}(List<string> list, string key)
        {
            context.SaveChanges();
            return list.Contains(key) || {{(i + 1 < count ? $"Chain{i + 1}(list, key)" : "field.Exists(x => x == key)")}};
        }
        """));

    private static string Lines(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => Patterns[i % Patterns.Length].Replace("#", $"{i}")));

    private static string Nested(int depth, string innermost, string everyLevel)
    {
        var source = new StringBuilder();
        for (var i = 0; i < depth; i++)
            source.Append(Headers[i % Headers.Length].Replace("#", $"{i}")).Append(" { ").AppendLine(everyLevel);

        return source.Append(innermost).Append('}', depth).ToString();
    }

    private static string Method(string body) => Type($"string M(int n, List<string> list, List<string> other) {{ var text = \"\"; List<string> unique = []; {body} return text; }}");

    private static string Type(string members) => $$"""
        using System.Text.RegularExpressions;
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        class C(SqliteConnection connection, DbContext context)
        {
        private List<string> field = [];
        {{members}}
        }
        """;

    /// <summary>Analyses the source on a thread with a large stack: the compiler's own recursion overflows a small one.</summary>
    private async Task Survives(string source)
    {
        // The compiler's own flow analysis of null takes the square of the depth.
        var attack = await Attack.OnAsync("class C;", isNullable: false);
        var compilation = await attack.CompileAsync(source);
        var watch = Stopwatch.StartNew();
        ExceptionDispatchInfo? failed = null;
        var done = new TaskCompletionSource();

        new Thread(() =>
        {
            try
            {
                attack.Analyze(compilation, "a huge source");
            }
            catch (Exception exception)
            {
                failed = ExceptionDispatchInfo.Capture(exception);
            }

            done.SetResult();
        }, LargeStack) { IsBackground = true }.Start();

        await done.Task.WaitAsync(TimeSpan.FromMinutes(15));
        failed?.Throw();
        output.WriteLine($"{attack.Findings} findings in {watch.Elapsed.TotalSeconds:F1} s.");
        Assert.True(attack.Failures.Length == 0, attack.Failures);
    }
}
