namespace HotPath.Tests;

public sealed class ReadAllToScanTests : RuleTests<ReadAllToScanAnalyzer, ReadAllToScanFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            private string[] kept = [];

            async Task<object?> M(string path, string other, List<string> list, StreamWriter writer, Action<string> act, Func<string, bool> ask, int n)
            {
                {{statements}}
                await Task.Yield();
                return null;
            }

            static int Parse(string line) => int.Parse(line);
            static void Save(string path) => File.WriteAllText(path, "");
            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("Use([|File.ReadAllLines(path)|].First());")]
    [InlineData("Use([|File.ReadAllLines(path)|].FirstOrDefault(line => line.Length > n));")]
    [InlineData("Use([|File.ReadAllLines(path)|].Any());")]
    [InlineData("Use([|File.ReadAllLines(path)|].Any(line => line == other));")]
    [InlineData("Use([|File.ReadAllLines(path)|].Contains(other));")]
    [InlineData("Use([|File.ReadAllLines(path)|].Take(n).ToList());")]
    [InlineData("Use([|File.ReadAllLines(path)|].Skip(1).First());")]
    [InlineData("Use([|System.IO.File.ReadAllLines(path)|].Where(line => line.Length > 3).First());")]
    [InlineData("var lines = [|File.ReadAllLines(path)|];\nvar header = lines.First();")]
    [InlineData("string[] lines = [|File.ReadAllLines(path, Encoding.UTF8)|];\nforeach (var line in lines) { if (line.Length == 0) break; n++; }")]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) if (line == other) return line;")]
    [InlineData("Use((await [|File.ReadAllLinesAsync(path)|]).First());")]
    public Task Warns_where_the_first_lines_may_do(string statements) => ReportsWarning(Class(statements));

    [Theory]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) n += line.Length;")]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) act(line);")]
    [InlineData("foreach (var line in await [|File.ReadAllLinesAsync(path)|]) n += line.Length;")]
    [InlineData("var lines = [|File.ReadAllLines(path)|];\nvar sum = 0;\nforeach (var line in lines) sum += Parse(line);\nUse(sum);")]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) { if (line == null) break; n++; }")]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) if (line == \"\") throw new InvalidOperationException();")]
    [InlineData("Use([|File.ReadAllLines(path)|].Select(Parse).ToList());")]
    [InlineData("Use([|File.ReadAllLines(path)|].Skip(1).Select(line => line.Split(',')).ToDictionary(parts => parts[0]));")]
    [InlineData("Use([|File.ReadAllLines(path)|].Count(line => line != \"\"));")]
    [InlineData("Use((from line in [|File.ReadAllLines(path)|] where line != \"\" select Parse(line)).Sum());")]
    [InlineData("var numbers = [|File.ReadAllLines(path)|].Where(line => line != \"\").Select(Parse);\nforeach (var number in numbers) n += number;")]
    [InlineData("Use([|File.ReadAllLines(path)|].Where(line => line != \"\").OrderBy(line => line).First());")]
    [InlineData("Use(string.Join(\",\", [|File.ReadAllLines(path)|].Select(line => line.Trim())));")]
    public Task Tells_of_one_pass(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_call_and_reader() => ReportsWarning(Class("Use([|File.ReadAllLines(path)|].First());"), "'File.ReadAllLines(path)' loads the whole file for one 'First'; 'File.ReadLines' reads no further than needed");

    [Theory]
    [InlineData("var lines = File.ReadAllLines(path); Use(lines[0]);")]
    [InlineData("Use(File.ReadAllLines(path)[n]);")]
    [InlineData("Use(File.ReadAllLines(path).Length);")]
    [InlineData("Use(File.ReadAllLines(path).Count());")]
    [InlineData("Use(File.ReadAllLines(path).Last());")]
    [InlineData("Use(File.ReadAllLines(path).ToList());")]
    [InlineData("return File.ReadAllLines(path);")]
    [InlineData("return File.ReadAllLines(path).Select(Parse);")]
    [InlineData("kept = File.ReadAllLines(path);")]
    [InlineData("list.AddRange(File.ReadAllLines(path));")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) list.Add(line);")]
    [InlineData("Use(File.ReadAllLines(path).OrderBy(line => line).ToList());")]
    [InlineData("var lines = File.ReadAllLines(path); foreach (var line in lines) n += line.Length; Use(lines);")]
    [InlineData("var lines = File.ReadAllLines(path); for (var i = 0; i < lines.Length; i++) n += lines[i].Length;")]
    [InlineData("var lines = File.ReadAllLines(path); while (n-- > 0) foreach (var line in lines) Use(line);")]
    [InlineData("var lines = File.ReadAllLines(path); Action again = () => { foreach (var line in lines) Use(line); }; again();")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) File.AppendAllText(path, line);")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) { File.Delete(path); Use(line); }")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) { Save(path); Use(line); }")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) writer.WriteLine(line);")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) { System.Diagnostics.Process.Start(line); Use(line); }")]
    [InlineData("var lines = File.ReadAllLines(path); File.Delete(path); foreach (var line in lines) Use(line);")]
    [InlineData("var lines = File.ReadAllLines(path); using var output = new StreamWriter(path); foreach (var line in lines) output.WriteLine(line);")]
    [InlineData("foreach (var line in File.ReadLines(path)) n += line.Length;")]
    [InlineData("try { Use(n); } catch (IOException) { foreach (var line in File.ReadAllLines(path)) Use(line); }")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task A_type_of_that_name_is_none_of_ours() => Reports("namespace Mine { static class File { public static string[] ReadAllLines(string path) => []; } class C { static string M(string path) => File.ReadAllLines(path).First(); } }");

    [Fact]
    public Task In_every_placement() => FixesEverywhere("Console.WriteLine([|File.ReadAllLines(\"a\")|].First());", "Console.WriteLine(File.ReadLines(\"a\").First());");

    [Theory]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) n += line.Length;", "foreach (var line in File.ReadLines(path)) n += line.Length;")]
    [InlineData("string[] lines = [|File.ReadAllLines(path, Encoding.UTF8)|]; // all\n        var sum = 0;\n        foreach (var line in lines) sum += Parse(line);", "var lines = File.ReadLines(path, Encoding.UTF8); // all\n        var sum = 0;\n        foreach (var line in lines) sum += Parse(line);")]
    [InlineData("var first = [|File.ReadAllLines(path)|].Skip(1).First();", "var first = File.ReadLines(path).Skip(1).First();")]
    [InlineData("Use((from line in [|System.IO.File.ReadAllLines(path)|] where line != \"\" select Parse(line)).Sum());", "Use((from line in System.IO.File.ReadLines(path) where line != \"\" select Parse(line)).Sum());")]
    [InlineData("var numbers = [|File.ReadAllLines(path)|].Select(Parse); foreach (var number in numbers) n += number;", "var numbers = File.ReadLines(path).Select(Parse); foreach (var number in numbers) n += number;")]
    public Task Takes_the_lines_one_by_one(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    // Anyone may touch the file in between.
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) act(line);")]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) await Task.Delay(1);")]
    [InlineData("Use([|File.ReadAllLines(path)|].Any(ask));")]
    [InlineData("foreach (var line in await [|File.ReadAllLinesAsync(path)|]) n += line.Length;")]
    // The file would stay open where something fails, or returns, before the walk.
    [InlineData("var lines = [|File.ReadAllLines(path)|]; if (n > 3) return null; foreach (var line in lines) n += line.Length;")]
    [InlineData("var lines = [|File.ReadAllLines(path)|]; n = Parse(other); foreach (var line in lines) n += line.Length;")]
    [InlineData("var lines = [|File.ReadAllLines(path)|]; if (n > 3) foreach (var line in lines) n += line.Length;")]
    // Bytes that are no text would be found half-way.
    [InlineData("foreach (var line in [|File.ReadAllLines(path, new UTF8Encoding(false, true))|]) n += line.Length;")]
    public Task Has_no_fix(string statements) => HasNoFix(Class(statements));

    [Fact]
    public Task Other_frameworks_have_it_too() => Fixes(
        "using System.IO; class C { static void M(string path) { string[] lines = [|File.ReadAllLines(path)|]; foreach (string line in lines) System.Console.WriteLine(line); } }",
        "using System.IO; class C { static void M(string path) { var lines = File.ReadLines(path); foreach (string line in lines) System.Console.WriteLine(line); } }", target: Target.Net472);

    [Theory]
    [InlineData("foreach (var line in File.ReadAllLines(path)) Trace.Log(line);")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) { Trace.Log(line); if (line == \"stop\") break; }")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) { Trace.Log(line); if (line == \"throw\") throw new InvalidOperationException(line); }")]
    [InlineData("var lines = File.ReadAllLines(path);\nvar sum = 0;\nforeach (var line in lines)\n{\nsum += line.Length;\nTrace.Log(sum);\n}")]
    [InlineData("Trace.Log(File.ReadAllLines(path).First()); Trace.Log(File.ReadAllLines(path).Skip(1).FirstOrDefault()); Trace.Log(File.ReadAllLines(path).Any(l => l == \"b\"));")]
    [InlineData("Trace.Log(string.Join(\"|\", File.ReadAllLines(path).Take(2).Select(l => l + \"!\"))); Trace.Log(File.ReadAllLines(path).Contains(\"stop\"));")]
    [InlineData("try { foreach (var line in File.ReadAllLines(path)) Trace.Log(int.Parse(line)); } catch (FormatException) { Trace.Log(File.ReadAllLines(path).Length); File.Delete(path); }")]
    [InlineData("Trace.Log((from l in File.ReadAllLines(path) where l != \"\" orderby l select l).First()); foreach (var line in File.ReadAllLines(path + \".none\")) Trace.Log(line);")]
    [InlineData("foreach (var line in File.ReadAllLines(path).Where(l => Trace.Log(\"asked\", l.Length > 1))) Trace.Log(line);\nFile.AppendAllText(path, \"more\"); Trace.Log(File.ReadAllText(path));")]
    [InlineData("try { foreach (var line in File.ReadAllLines(null!)) Trace.Log(line); } catch (ArgumentNullException e) { Trace.Log(e.ParamName!); } foreach (var line in File.ReadAllLines(\"\")) Trace.Log(line);")]
    public Task Does_the_same(string statements) => FixesAndRuns($$"""
        class C
        {
            static void Run(string path, string content)
            {
                if (content != "none")
                    File.WriteAllText(path, content);
                {{statements}}
            }
        }
        """, [[NewFile, "a\r\nb\nstop\rthrow\n7"], [NewFile, ""], [NewFile, "\n\n"], [NewFile, "none"], [NewFile, "x\u0085y\u2028z\n"]]);
}
