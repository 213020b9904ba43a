using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Tests;

/// <summary>Fixes of two rules on one loop, in either order: each finds its own in what the other left.</summary>
public sealed class ComposedFixesTests
{
    private const string Before = """
        using Microsoft.Data.Sqlite;

        class C
        {
            static void Store(string source, List<string> names)
            {
                using var connection = new SqliteConnection(source);
                connection.Open();
                foreach (var name in names)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "INSERT INTO t (name) VALUES ($name)";
                    command.Parameters.AddWithValue("$name", name);
                    command.ExecuteNonQuery();
                }
            }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_command_in_one_transaction(bool commandFirst)
    {
        var project = await RuleProject.OfAsync(Before, references: References.Sqlite);
        (DiagnosticAnalyzer Analyzer, CodeFixProvider Fix)[] rules = [(new CommandPerRowAnalyzer(), new CommandPerRowFix()), (new AutocommitPerRowAnalyzer(), new AutocommitPerRowFix())];
        foreach (var (analyzer, fix) in commandFirst ? rules : rules.Reverse())
        {
            var finding = Assert.Single(await project.FindingsAsync(analyzer));
            project = await project.ApplyAsync(Assert.Single(await project.OffersAsync(fix, finding)));
        }

        Assert.Empty(await project.FindingsAsync(rules[0].Analyzer, rules[1].Analyzer));
        Assert.DoesNotContain(await project.CompilerDiagnosticsAsync(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        var text = await project.TextAsync();
        var order = new[] { "BeginTransaction()", "foreach", ".Value = name", "ExecuteNonQuery()", "Commit()" }.Select(part => text.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.InRange(text.IndexOf("command.Transaction = transaction;", StringComparison.Ordinal), 0, order[1]);
        Assert.InRange(text.IndexOf("CreateCommand()", StringComparison.Ordinal), 0, order[1]);
    }
}
