namespace HotPath.Tests;

public sealed class BufferPerIterationTests : RuleTests<BufferPerIterationAnalyzer, BufferPerIterationFix>
{
    private static string Class(string statements, string after = "") => $$"""
        class C
        {
            const int Size = 4096;
            static readonly int Known = 8192;
            List<byte[]> kept = new();
            List<int>? field;

            async Task M(string[] lines, Stream stream, int n)
            {
                await Task.Yield();
                foreach (var line in lines)
                {
                    {{statements}}
                }
                {{after}}
            }

            void Keep(object o) { }
            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("var buffer = [|new byte[4096]|]; var read = stream.Read(buffer, 0, buffer.Length); n += buffer[0] + read;")]
    [InlineData("var buffer = [|new byte[Size]|]; n += await stream.ReadAsync(buffer, 0, 5);")]
    [InlineData("var buffer = [|new byte[Known]|]; n += buffer[3];")]
    [InlineData("var counts = [|new int[256]|]; foreach (var c in line) counts[c & 255]++; n += counts[3];")]
    [InlineData("var sb = [|new StringBuilder()|]; sb.Append(line).Append(n); Use(sb.ToString());")]
    [InlineData("var sb = [|new StringBuilder(100)|]; sb.AppendLine(line); Console.WriteLine(sb);")]
    [InlineData("var list = [|new List<int>()|]; foreach (var c in line) list.Add(c); n += list.Sum();")]
    [InlineData("List<string> list = [|new(50)|]; list.Add(line); Use(string.Join(\", \", list));")]
    [InlineData("var list = [|new List<string>()|]; list.Add(line); Use(list.ToArray());")]
    public Task Reports_buffers(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_buffer_and_loop() => ReportsInfo(Class("var sb = [|new StringBuilder()|]; sb.Append(line); Use(sb.ToString());"),
        "'new StringBuilder()' allocates 'sb' anew in each iteration of the loop over 'lines', and nothing keeps it; make it once before the loop and clear it");

    [Theory]
    [InlineData("var buffer = new byte[64]; n += buffer[0];")]
    [InlineData("var buffer = new byte[n]; n += buffer[0];")]
    [InlineData("var buffer = new byte[4096]; kept.Add(buffer);")]
    [InlineData("var buffer = new byte[4096]; Use(new MemoryStream(buffer));")]
    [InlineData("var buffer = new byte[4096]; var other = buffer; n += other[0];")]
    [InlineData("var buffer = new byte[4096]; Keep(buffer);")]
    [InlineData("var buffer = new byte[4096]; var reading = stream.ReadAsync(buffer, 0, 5); n += await reading;")]
    [InlineData("var buffer = new byte[4096]; Func<int> f = () => buffer[0]; n += f();")]
    [InlineData("var buffer = new byte[4096]; ref var first = ref buffer[0]; first = 1;")]
    [InlineData("var list = new List<int>(); list.Add(n); field = list;")]
    [InlineData("var list = new List<int>(); list.Add(n); Use(list);")]
    [InlineData("var list = new List<int>(); list.Add(n); Use(list.Where(x => x > 3));")]
    [InlineData("var list = new List<int> { 1 }; n += list.Count;")]
    [InlineData("var list = new List<int>(lines.Length + line.Length); n += list.Count;")]
    [InlineData("var sb = new StringBuilder(\"x\"); Use(sb.ToString());")]
    [InlineData("var sb = new StringBuilder(); var same = sb.Append(line); Use(same.ToString());")]
    [InlineData("var sb = new StringBuilder(); Use(sb.Append(line));")]
    [InlineData("var list = new List<int>(); list = null; Use(n);")]
    [InlineData("for (var i = 0; i < 3; i++) { } var sb = new StringBuilder(); Use(sb.Append(line).ToString()); break;")]
    public Task Is_silent(string statements) => Reports("#pragma warning disable CS8600\n" + Class(statements));

    [Fact]
    public Task Is_silent_outside_of_loops_and_in_lambdas() => Reports("""
        class C
        {
            void M(string[] lines)
            {
                var sb = new StringBuilder();
                Console.WriteLine(sb.Append(lines.Length).ToString());
                Parallel.ForEach(lines, line => { var own = new StringBuilder(); Console.WriteLine(own.Append(line).ToString()); });
                for (var i = 0; i < 4; i++)
                {
                    var few = new StringBuilder();
                    Console.WriteLine(few.Append(i).ToString());
                }
            }
        }
        """);

    [Fact]
    public Task In_every_placement() => FixesEverywhere(
        "foreach (var line in File.ReadAllLines(\"a\"))\n{\n    var sb = [|new StringBuilder()|];\n    sb.Append(line);\n    Console.WriteLine(sb.ToString());\n}",
        "var sb = new StringBuilder();\nforeach (var line in File.ReadAllLines(\"a\"))\n{\n    sb.Clear();\n    sb.Append(line);\n    Console.WriteLine(sb.ToString());\n}");

    [Fact]
    public Task Hoists_and_clears() => Fixes("""
        class C
        {
            void M(string[] lines, Stream stream)
            {
                foreach (var line in lines)
                {
                    // one page
                    var buffer = [|new byte[4096]|]; // zeroed
                    stream.ReadExactly(buffer, 0, 3);
                    Console.WriteLine(buffer[0] + buffer[9]);
                    List<int> list = [|new(8)|];
                    list.Add(line.Length);
                    Console.WriteLine(list.Count);
                }
            }
        }
        """, """
        class C
        {
            void M(string[] lines, Stream stream)
            {
                var buffer = new byte[4096];
                List<int> list = new(8);
                foreach (var line in lines)
                {
                    // one page
                    Array.Clear(buffer); // zeroed
                    stream.ReadExactly(buffer, 0, 3);
                    Console.WriteLine(buffer[0] + buffer[9]);
                    list.Clear();
                    list.Add(line.Length);
                    Console.WriteLine(list.Count);
                }
            }
        }
        """);

    [Fact]
    public Task Older_frameworks_clear_a_range() => Fixes("""
        using System;
        class C
        {
            int M(string[] lines)
            {
                var n = 0;
                foreach (var line in lines)
                {
                    var counts = [|new int[1000]|];
                    counts[line.Length]++;
                    n += counts[1];
                }

                return n;
            }
        }
        """, """
        using System;
        class C
        {
            int M(string[] lines)
            {
                var n = 0;
                var counts = new int[1000];
                foreach (var line in lines)
                {
                    Array.Clear(counts, 0, counts.Length);
                    counts[line.Length]++;
                    n += counts[1];
                }

                return n;
            }
        }
        """, target: Target.Net472.Oblivious.CSharp(7));

    [Fact]
    public Task A_name_of_one_letter_is_a_name() => Fixes("""
        class C
        {
            static void M(List<int> items)
            {
                foreach (var item in items) { var a = [|new int[1024]|]; a[0] = item; Console.WriteLine(a[0] + a[1]); }
                var a1 = "";
                foreach (var item in items) { var a = [|new int[1024]|]; a[0] = item; Console.WriteLine(a1 + a[0] + a[1]); }
            }
        }
        """, """
        class C
        {
            static void M(List<int> items)
            {
                var a2 = new int[1024];
                foreach (var item in items) { Array.Clear(a2); a2[0] = item; Console.WriteLine(a2[0] + a2[1]); }
                var a1 = "";
                var a = new int[1024];
                foreach (var item in items) { Array.Clear(a); a[0] = item; Console.WriteLine(a1 + a[0] + a[1]); }
            }
        }
        """);

    [Fact]
    public Task Top_level_statements_stay_in_one_paragraph() => Fixes("""
        var lines = File.ReadAllLines("a");
        foreach (var line in lines)
        {
            var buffer = [|new int[1024]|];
            buffer[0] = line.Length;
            Console.WriteLine(buffer[0] + buffer[1]);
        }
        """, """
        var lines = File.ReadAllLines("a");
        var buffer = new int[1024];
        foreach (var line in lines)
        {
            Array.Clear(buffer);
            buffer[0] = line.Length;
            Console.WriteLine(buffer[0] + buffer[1]);
        }
        """);

    [Fact]
    public Task Two_loops_get_two_names() => Fixes("""
        class C
        {
            void M(string[] lines)
            {
                foreach (var line in lines)
                {
                    var sb = [|new StringBuilder()|];
                    Console.WriteLine(sb.Append(line).ToString());
                }

                foreach (var line in lines)
                {
                    var sb = [|new StringBuilder()|];
                    Console.WriteLine(sb.Append(line).Append(1).ToString());
                }
            }
        }
        """, """
        class C
        {
            void M(string[] lines)
            {
                var sb2 = new StringBuilder();
                foreach (var line in lines)
                {
                    sb2.Clear();
                    Console.WriteLine(sb2.Append(line).ToString());
                }

                var sb = new StringBuilder();
                foreach (var line in lines)
                {
                    sb.Clear();
                    Console.WriteLine(sb.Append(line).Append(1).ToString());
                }
            }
        }
        """);

    [Theory]
    [InlineData("var list = [|new List<string>(n)|]; list.Add(line); Use(list.Count); ")]
    [InlineData("again: var sb = [|new StringBuilder()|]; sb.Append(line); if (sb.Length > 3) goto again;")]
    [InlineData("var sb = /* small */ [|new StringBuilder()|]; Use(sb.Append(line).ToString());")]
    public Task Reported_without_a_fix(string statements) => HasNoFix("#pragma warning disable CS0164\n" + Class(statements));

    [Fact]
    public Task Runs_the_same() => FixesAndRuns("""
        public static class Program
        {
            public static string Run(string[] input, int n)
            {
                var log = new StringBuilder();
                foreach (var text in input)
                {
                    var counts = new int[300];
                    var sb = new StringBuilder();
                    var seen = new List<char>();
                    try
                    {
                        foreach (var c in text)
                        {
                            counts[c]++;
                            if (c == 'x')
                                throw new InvalidOperationException();
                            if (!seen.Contains(c))
                                seen.Add(c);
                            sb.Append(c).Append(counts[c]);
                        }

                        if (text.Length > n)
                            continue;
                        sb.Insert(0, '<');
                    }
                    catch (Exception e)
                    {
                        sb.Append(e.GetType().Name);
                    }
                    finally
                    {
                        log.Append(sb.ToString()).Append(seen.Count).Append(counts.Sum());
                    }
                }

                for (var i = 0; i < n; i++)
                {
                    if (i % 2 == 0)
                    {
                        var odd = new List<int>(10);
                        odd.Add(i);
                        odd.AddRange(Enumerable.Range(0, i));
                        odd.Reverse();
                        log.Append(string.Join(",", odd));
                    }
                }

                return log.ToString();
            }
        }
        """, [new[] { "abc", "aabb", "", "axb", "€", "bbb" }, 3], [Array.Empty<string>(), 20]);
}
