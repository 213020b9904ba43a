using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>The rules about rows know databases by what their types implement: what holds for SQLite holds for the types of other providers.</summary>
public sealed class ProvidersTests
{
    [Theory]
    [InlineData("Npgsql", "Npgsql")]
    [InlineData("Microsoft.Data.SqlClient", "Sql")]
    public async Task Every_rule_about_rows_knows_the_types_of(string library, string prefix)
    {
        var source = """
            using System.Data;
            using LIBRARY;

            class C(string source)
            {
                async Task M(List<string> names, XConnection connection)
                {
                    foreach (var name in names)
                    {
                        using var transaction = connection.BeginTransaction();
                        using var command = new XCommand("INSERT INTO t VALUES (@name)", connection, transaction); // HOT1603
                        command.Parameters.AddWithValue("@name", name);
                        command.ExecuteNonQuery();
                        transaction.Commit(); // HOT1601
                    }

                    using var insert = connection.CreateCommand();
                    insert.CommandText = "INSERT INTO t VALUES (@name)";
                    var parameter = insert.Parameters.Add("@name", KIND);
                    foreach (var name in names)
                    {
                        parameter.Value = name;
                        await insert.ExecuteNonQueryAsync(); // HOT1602
                    }

                    foreach (var name in names)
                    {
                        using var find = new XCommand("SELECT n FROM t WHERE name = @name", connection); // HOT1603
                        find.Parameters.AddWithValue("@name", name);
                        Console.WriteLine(await find.ExecuteScalarAsync()); // HOT1605
                    }

                    foreach (var name in names)
                    {
                        await using var own = new XConnection(source); // HOT1606
                        await own.OpenAsync();
                        using var find = own.CreateCommand();
                        find.CommandText = "INSERT INTO t VALUES (@name)";
                        find.Parameters.AddWithValue("@name", name);
                        await find.ExecuteNonQueryAsync();
                    }

                    using var remove = connection.CreateCommand();
                    foreach (var name in names)
                    {
                        remove.CommandText = $"SELECT n FROM t WHERE name = '{name}'"; // HOT1607
                        Console.WriteLine(remove.CommandText);
                    }
                }
            }
            """.Replace("LIBRARY", library, StringComparison.Ordinal).Replace("KIND", prefix == "Sql" ? "SqlDbType.NVarChar" : "NpgsqlTypes.NpgsqlDbType.Text", StringComparison.Ordinal);
        source = Regex.Replace(source, @"\bX(?=Connection|Command)", prefix);

        var project = await RuleProject.OfAsync(source, references: References.Named(library));
        Assert.DoesNotContain(await project.CompilerDiagnosticsAsync(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        var expected = source.Split('\n').Select((text, line) => (Id: Regex.Match(text, "// (HOT[0-9]+)").Groups[1].Value, Line: line + 1)).Where(each => each.Id.Length > 0).Select(each => $"{each.Id} in line {each.Line}");
        var findings = await project.FindingsAsync(
            new CommitPerRowAnalyzer(), new AutocommitPerRowAnalyzer(), new CommandPerRowAnalyzer(), new QueryPerRowAnalyzer(), new ConnectionPerRowAnalyzer(), new SqlFromValuesAnalyzer());
        Assert.Equal(expected, findings.OrderBy(finding => finding.Location.SourceSpan.Start).Select(finding => $"{finding.Id} in line {finding.Location.GetLineSpan().StartLinePosition.Line + 1}"));
    }
}
