namespace HotPath.Tests;

public sealed class FileOpenedPerItemTests : RuleTests<FileOpenedPerItemAnalyzer, FileOpenedPerItemFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            private readonly string log = "a.log";

            async Task M(string path, List<string> lines, string[] files, IEnumerable<string> lazy, IAsyncEnumerable<string> arriving, Action<string> act, Stream stream, int n)
            {
                {{statements}}
                await Task.Yield();
            }

            static string Describe(string line) => line.Substring(1);

            static void Fill(TextWriter writer) => writer.Write("");
        }
        """;

    [Theory]
    [InlineData("foreach (var line in lines) [|File.AppendAllText(path, line)|];")]
    [InlineData("foreach (var line in lines) [|File.AppendAllText(log, line + \"\\n\")|];")]
    [InlineData("foreach (var line in lines) [|File.AppendAllText(\"out.txt\", line)|];")]
    [InlineData("for (var i = 0; i < n; i++) [|File.AppendAllLines(path, new[] { lines[i] })|];")]
    [InlineData("foreach (var line in lines) await [|File.AppendAllTextAsync(path, line)|];")]
    [InlineData("foreach (var line in lazy) [|File.AppendAllText(path, line, Encoding.UTF8)|];")]
    [InlineData("foreach (var line in lines) { act(line); [|File.AppendAllText(path, line)|]; }")]
    [InlineData("foreach (var file in files) { var text = File.ReadAllText(file); [|File.AppendAllText(path, text)|]; }")]
    [InlineData("foreach (var line in lines) { [|File.AppendAllText(path, line)|]; File.AppendAllText(path, \"\\n\"); }")]
    [InlineData("lines.ForEach(line => [|File.AppendAllText(path, line)|]);")]
    [InlineData("foreach (var file in files) foreach (var line in lines) [|File.AppendAllText(file, line)|];")]
    [InlineData("while (n-- > 0) if (lines[n] != \"\") [|File.AppendAllText(path, lines[n])|];")]
    [InlineData("using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);\nint b;\nwhile ((b = [|file.ReadByte()|]) >= 0) n += b;")]
    [InlineData("using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);\nfor (var i = 0; i < n; i++) [|file.WriteByte(1)|];")]
    [InlineData("foreach (var line in lines) { using var writer = [|new StreamWriter(path, true)|]; writer.WriteLine(line); }")]
    [InlineData("foreach (var line in lines) { using (var writer = [|new StreamWriter(log, append: true, Encoding.UTF8)|]) { writer.Write(line); writer.WriteLine(n); } }")]
    [InlineData("for (var i = 0; i < n; i++) using (StreamWriter writer = [|File.AppendText(path)|]) await writer.WriteLineAsync(lines[i]);")]
    [InlineData("lines.ForEach(line => { using var writer = [|File.AppendText(path)|]; writer.WriteLine(line); });")]
    [InlineData("foreach (var line in lines) { var writer = [|File.AppendText(path)|]; writer.WriteLine(line); writer.Close(); }")]
    [InlineData("var file = new FileInfo(path); foreach (var line in lines) { using var writer = [|file.AppendText()|]; writer.WriteLine(line); }")]
    [InlineData("foreach (var line in lines) { using var writer = new StreamWriter([|new FileStream(path, FileMode.Append, FileAccess.Write)|]) { AutoFlush = true }; writer.WriteLine(line); }")]
    [InlineData("foreach (var line in lines) { using (var file = [|new FileStream(log, FileMode.Append)|]) using (var writer = new StreamWriter(file, Encoding.UTF8)) { writer.WriteLine(line); } }")]
    [InlineData("foreach (var line in lines) { using var file = [|File.Open(path, FileMode.Append)|]; file.Write(Encoding.UTF8.GetBytes(line)); }")]
    public Task Warns_of_calls_of_the_system_per_item(string statements) => ReportsWarning(Class(statements));

    [Theory]
    [InlineData("using var writer = new StreamWriter(path);\nforeach (var line in lines) { writer.WriteLine(line); [|writer.Flush()|]; }")]
    [InlineData("using var writer = File.CreateText(path);\nforeach (var line in lines) { writer.WriteLine(line); await [|writer.FlushAsync()|]; }")]
    [InlineData("using var writer = new StreamWriter(path) { [|AutoFlush = true|] };\nforeach (var line in lines) writer.WriteLine(line);")]
    [InlineData("using var writer = File.AppendText(path);\n[|writer.AutoFlush = true|];\nforeach (var line in lines) writer.WriteLine(line);")]
    public Task Tells_of_emptied_buffers(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_call_file_and_loop() => ReportsWarning(Class("foreach (var line in lines) [|File.AppendAllText(path, line)|];"),
        "'File.AppendAllText(path, line)' opens and closes 'path' in every iteration of the loop over 'lines'; write with one StreamWriter around it");

    [Theory]
    [InlineData("File.AppendAllText(path, lines[0]);")]
    [InlineData("foreach (var file in files) File.AppendAllText(file, \"end\");")]
    [InlineData("foreach (var line in lines) { path += line; File.AppendAllText(path, line); }")]
    [InlineData("foreach (var line in lines) File.AppendAllText(path + line, line);")]
    [InlineData("foreach (var line in lines) { File.AppendAllText(path, line); n += File.ReadAllText(path).Length; }")]
    [InlineData("foreach (var line in lines) { if (new FileInfo(path).Length > 1000) File.Delete(path); File.AppendAllText(path, line); }")]
    [InlineData("foreach (var line in lines) try { act(line); } catch (Exception e) { File.AppendAllText(log, e.Message); }")]
    [InlineData("while (true) { var line = Console.ReadLine(); File.AppendAllText(log, line); }")]
    [InlineData("string? line; while ((line = Console.ReadLine()) != null) File.AppendAllText(log, line);")]
    [InlineData("await foreach (var line in arriving) File.AppendAllText(log, line);")]
    [InlineData("foreach (var line in lines) { File.AppendAllText(log, line); System.Threading.Thread.Sleep(100); }")]
    [InlineData("foreach (var line in lines) { await File.AppendAllTextAsync(log, line); await Task.Delay(100); }")]
    [InlineData("foreach (var line in lines) { await Task.Delay(1); File.AppendAllText(path, line); }")]
    [InlineData("var stop = new CancellationToken(); while (!stop.IsCancellationRequested) { act(log); File.AppendAllText(log, \"alive\"); }")]
    [InlineData("var stop = new CancellationToken(); using var writer = new StreamWriter(path); while (!stop.IsCancellationRequested) { writer.WriteLine(n); writer.Flush(); }")]
    [InlineData("for (var i = 0; i < 3; i++) File.AppendAllText(log, lines[i]);")]
    [InlineData("foreach (var file in files) { using var writer = new StreamWriter(file, true); writer.WriteLine(n); }")]
    [InlineData("foreach (var line in lines) { using var writer = new StreamWriter(path); writer.WriteLine(line); }")]
    [InlineData("foreach (var line in lines) { using var writer = new StreamWriter(path, append: n > 0); writer.WriteLine(line); }")]
    [InlineData("foreach (var file in files) { using var writer = File.AppendText(path); foreach (var line in lines) writer.WriteLine(line); }")]
    [InlineData("foreach (var file in files) { using var writer = File.AppendText(path); Fill(writer); }")]
    [InlineData("foreach (var part in lines.Chunk(100)) { using var writer = File.AppendText(path); writer.Write(string.Concat(part)); }")]
    [InlineData("foreach (var line in lines) { using (var writer = File.AppendText(path)) writer.WriteLine(line); n += File.ReadAllText(path).Length; }")]
    [InlineData("foreach (var line in lines) { using (var writer = File.AppendText(path)) writer.WriteLine(line); File.AppendAllText(path, line); }")]
    [InlineData("foreach (var line in lines) { var writer = File.AppendText(path); act(line); }")]
    [InlineData("foreach (var line in lines) { using var file = File.Open(path, FileMode.Create); file.WriteByte(1); }")]
    [InlineData("foreach (var line in lines) { using var file = new FileStream(path, FileMode.OpenOrCreate); file.WriteByte(1); }")]
    [InlineData("foreach (var file in files) { using var writer = new StreamWriter(new FileStream(file, FileMode.Append)); writer.WriteLine(n); }")]
    [InlineData("foreach (var file in files) { using var to = new FileStream(path, FileMode.Append); using var from = File.OpenRead(file); from.CopyTo(to); }")]
    [InlineData("var writer = new StreamWriter(stream); foreach (var line in lines) { writer.WriteLine(line); writer.Flush(); }")]
    [InlineData("using var writer = new StreamWriter(path); foreach (var line in lines) { writer.WriteLine(line); if (n++ % 100 == 0) writer.Flush(); }")]
    [InlineData("foreach (var file in files) { using var writer = new StreamWriter(file); writer.WriteLine(n); writer.Flush(); }")]
    [InlineData("using var writer = new StreamWriter(path) { AutoFlush = true }; writer.WriteLine(n);")]
    [InlineData("using var writer = new StreamWriter(stream) { AutoFlush = true }; foreach (var line in lines) writer.WriteLine(line);")]
    [InlineData("foreach (var line in lines) { Console.Out.WriteLine(line); Console.Out.Flush(); }")]
    [InlineData("using var file = File.OpenRead(path); while (file.ReadByte() >= 0) n++;")]
    [InlineData("using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1); n = file.ReadByte();")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task A_type_of_that_name_is_none_of_ours() => Reports("namespace Mine { static class File { public static void AppendAllText(string path, string text) { } } class C { static void M(string path, List<string> lines) { foreach (var line in lines) File.AppendAllText(path, line); } } }");

    [Fact]
    public Task Opens_one_writer() => Fixes("""
        class C
        {
            static void Save(string path, List<string> lines)
            {
                // All lines.
                foreach (var line in lines)
                {
                    // One line.
                    [|File.AppendAllText(path, line + Environment.NewLine)|];
                }
            }
        }
        """, """
        class C
        {
            static void Save(string path, List<string> lines)
            {
                StreamWriter? writer = null;
                // All lines.
                try
                {
                    foreach (var line in lines)
                    {
                        // One line.
                        writer ??= new StreamWriter(path, append: true);
                        writer.WriteLine(line);
                    }
                }
                finally
                {
                    writer?.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task Makes_the_text_before_the_file() => Fixes("""
        class C
        {
            static async Task Save(string path, List<string> lines)
            {
                foreach (var line in lines)
                    await [|File.AppendAllTextAsync(path, line.Substring(1))|];
            }
        }
        """, """
        class C
        {
            static async Task Save(string path, List<string> lines)
            {
                StreamWriter? writer = null;
                try
                {
                    foreach (var line in lines)
                    {
                        var text = line.Substring(1);
                        writer ??= new StreamWriter(path, append: true);
                        await writer.WriteAsync(text);
                    }
                }
                finally
                {
                    if (writer != null)
                        await writer.DisposeAsync();
                }
            }
        }
        """);

    [Fact]
    public Task Older_languages_have_no_shorthand() => Fixes("""
        using System.Collections.Generic;
        using System.IO;

        class C
        {
            static void Save(string path, List<string> lines)
            {
                foreach (string line in lines)
                {
                    [|File.AppendAllText(path, line)|];
                }
            }
        }
        """, """
        using System.Collections.Generic;
        using System.IO;

        class C
        {
            static void Save(string path, List<string> lines)
            {
                StreamWriter writer = null;
                try
                {
                    foreach (string line in lines)
                    {
                        writer = writer ?? new StreamWriter(path, append: true);
                        writer.Write(line);
                    }
                }
                finally
                {
                    writer?.Dispose();
                }
            }
        }
        """, target: Target.Net472.Oblivious.CSharp(7));

    [Theory]
    // Somebody may look at the file meanwhile.
    [InlineData("foreach (var line in lines) { act(line); [|File.AppendAllText(path, line)|]; }")]
    [InlineData("foreach (var line in lazy) [|File.AppendAllText(path, line)|];")]
    [InlineData("foreach (var file in files) { var text = File.ReadAllText(file); [|File.AppendAllText(path, text)|]; }")]
    // A row that fails does not stop the others.
    [InlineData("foreach (var line in lines) { try { [|File.AppendAllText(path, line)|]; } catch (IOException) { } }")]
    [InlineData("lines.ForEach(line => [|File.AppendAllText(path, line)|]);")]
    [InlineData("foreach (var line in lines) [|File.AppendAllText(path, line, new UTF8Encoding(true, true))|];")]
    [InlineData("foreach (var line in lines) [|File.AppendAllLines(path, files)|];")]
    [InlineData("foreach (var line in lines) await [|File.AppendAllTextAsync(path, line, CancellationToken.None)|];")]
    [InlineData("using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);\nwhile ([|file.ReadByte()|] >= 0) n++;")]
    [InlineData("foreach (var line in lines) { using var writer = [|new StreamWriter(path, true)|]; writer.WriteLine(line); }")]
    [InlineData("foreach (var line in lines) { using var writer = [|File.AppendText(path)|]; writer.WriteLine(line); }")]
    public Task Has_no_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("foreach (var line in lines) File.AppendAllText(path, line);")]
    [InlineData("foreach (var line in lines) { File.AppendAllText(path, line); File.AppendAllText(path, \"\\n\"); }")]
    [InlineData("foreach (var line in lines) { File.AppendAllText(path, line?.Substring(1) + \"\\n\"); if (line == \"stop\") break; }")]
    [InlineData("foreach (var line in lines) { if (line == \"stop\") return; File.AppendAllLines(path, new[] { line }); }")]
    [InlineData("for (var i = 0; i < lines.Count; i++) { if (lines[i] == \"throw\") throw new InvalidOperationException(); File.AppendAllText(path, $\"{i}: {lines[i]}\" + Environment.NewLine, Encoding.UTF8); }")]
    [InlineData("foreach (var line in lines) for (var i = 0; i < lines.Count; i++) File.AppendAllText(path, Trace.Log(\"asked\", line[i % line.Length] + \";\"));")]
    [InlineData("foreach (var line in lines) { var more = line; switch (more) { case \"a\": File.AppendAllText(path, \"A\"); break; default: File.AppendAllText(path, more + 1); break; } }")]
    [InlineData("foreach (var line in lines) await File.AppendAllTextAsync(path, line + \"!\");")]
    [InlineData("foreach (var line in lines) File.AppendAllText(path + \"/none/x\", line);")]
    [InlineData("foreach (var line in lines) File.AppendAllText(\"\", line.Trim());")]
    public Task Does_the_same(string statements) => FixesAndRuns($$"""
        class C
        {
            static async Task<object> Run(string path, string content, List<string> lines)
            {
                if (content != "none")
                    File.WriteAllText(path, content);
                try
                {
                    await Save(path, lines);
                }
                catch (Exception e)
                {
                    Trace.Log(e.GetType().Name);
                }

                return File.Exists(path) ? Convert.ToHexString(File.ReadAllBytes(path)) : "none";
            }

            static async Task Save(string path, List<string> lines)
            {
                {{statements}}
                await Task.CompletedTask;
            }
        }
        """, [[NewFile, "none", new List<string>()], [NewFile, "none", new List<string> { "a", "", "ß😀" }], [NewFile, "old\n", new List<string> { "b", "stop", "c" }], [NewFile, "", new List<string?> { "a", null, "throw", "d" }]]);
}
