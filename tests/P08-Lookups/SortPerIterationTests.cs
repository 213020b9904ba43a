namespace HotPath.Tests;

public sealed class SortPerIterationTests : RuleTests<SortPerIterationAnalyzer, SortPerIterationFix>
{
    private static string Class(string statements) => $$"""
        class Job { public int Rank { get; set; } public string Name { get; set; } = ""; public List<Job> Next { get; } = new(); }

        class C
        {
            void M(List<int> list, int[] array, List<Job> jobs, List<string> lines, IEnumerable<Job> sequence, int max)
            {
                {{statements.Replace("\n", "\n        ").Replace("        \n", "\n")}}
            }

            void Use(object? a, object? b = null) { }
        }
        """;

    [Theory]
    [InlineData("foreach (var line in lines) Use([|jobs.OrderBy(j => j.Rank)|].First());")]
    [InlineData("foreach (var line in lines) foreach (var j in [|jobs.OrderByDescending(j => j.Rank)|].ThenBy(j => j.Name)) Use(j);")]
    [InlineData("foreach (var line in lines) Use([|list.Order()|].ToList());")]
    [InlineData("foreach (var line in lines) Use([|sequence.OrderBy(j => j.Rank)|].First(j => j.Name == line));")]
    [InlineData("foreach (var line in lines) Use([|jobs.Where(j => j.Rank > 3).OrderBy(j => j.Name)|].Last());")]
    [InlineData("foreach (var line in lines) { list.Add(line.Length); [|list.Sort()|]; Use(list[0]); }")]
    [InlineData("foreach (var line in lines) { [|list.Sort()|]; Use(list[0]); }")]
    [InlineData("foreach (var line in lines) { [|Array.Sort(array)|]; Use(array[0]); }")]
    [InlineData("var open = new List<Job>(jobs); while (open.Count > 0) { [|open.Sort((a, b) => a.Rank.CompareTo(b.Rank))|]; var at = open[0]; open.RemoveAt(0); foreach (var n in at.Next) open.Add(n); }")]
    [InlineData("while (list.Count > 0) { var least = [|list.Min()|]; list.Remove(least); Use(least); }")]
    [InlineData("while (jobs.Count > 0) { var least = [|jobs.MinBy(j => j.Rank)|]!; jobs.Remove(least); Use(least); }")]
    [InlineData("while (jobs.Count > 0) { var least = [|jobs.OrderBy(j => j.Rank)|].First(); jobs.Remove(least); Use(least); }")]
    [InlineData("var left = jobs.ToList(); while (left.Count > 0) { var least = [|left.MinBy(j => j.Rank)|]!; left.Remove(least); foreach (var next in least.Next) next.Rank = Math.Min(next.Rank, least.Rank + 3); }")]
    [InlineData("var open = new List<Job>(jobs); while (open.Count > 0) { [|open.Sort((a, b) => a.Rank.CompareTo(b.Rank))|]; var at = open[0]; open.RemoveAt(0); foreach (var n in at.Next) { n.Rank = at.Rank + 1; open.Add(n); } }")]
    [InlineData("while (list.Count > 1) { [|list.Sort()|]; var two = list[0] + list[1]; list.RemoveRange(0, 2); list.Add(two); }")]
    [InlineData("while (jobs.Count > 1) { jobs = [|jobs.OrderBy(j => j.Rank)|].ToList(); var first = jobs[0]; jobs.RemoveAt(0); jobs.Add(new Job { Rank = first.Rank * 3 }); }")]
    [InlineData("foreach (var line in lines) { jobs.Add(new Job { Name = line }); Use([|jobs.OrderByDescending(j => j.Rank)|].First().Name); }")]
    [InlineData("foreach (var line in lines) { [|Array.Sort(array)|]; Use(Array.BinarySearch(array, line.Length)); }")]
    [InlineData("foreach (var line in lines) { if (line != \"\") list.Add(line.Length); [|list.Sort()|]; Use(list[0]); }")]
    public Task Is_reported(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message() => ReportsWarning(Class("foreach (var line in lines) Use([|jobs.OrderBy(j => j.Rank)|].First());"),
        "'jobs.OrderBy(j => j.Rank)' goes through all of 'jobs' in every iteration of the loop over 'lines': O(lines × jobs log jobs); sort it once, before the loop");

    [Theory]
    [InlineData("list.Sort();")]
    [InlineData("foreach (var j in jobs.OrderBy(j => j.Rank)) Use(j);")]
    [InlineData("foreach (var j in jobs) Use(j.Next.OrderBy(n => n.Rank).First());")]
    [InlineData("foreach (var g in jobs.GroupBy(j => j.Name)) Use(g.OrderBy(n => n.Rank).First());")]
    [InlineData("foreach (var line in lines) Use(jobs.OrderBy(j => j.Name == line).First());")]
    [InlineData("foreach (var line in lines) Use(jobs.Where(j => j.Name == line).OrderBy(j => j.Rank).First());")]
    [InlineData("foreach (var line in lines) { var first = jobs.OrderBy(j => j.Rank).First(); first.Rank += 3; }")]
    [InlineData("foreach (var line in lines) { var own = line.ToList(); own.Sort(); Use(own); }")]
    [InlineData("foreach (var line in lines) { list.Clear(); list.AddRange(array); list.Sort(); Use(list[0]); }")]
    [InlineData("foreach (var line in lines) { foreach (var c in line) list.Add(c); list.Sort(); Use(list[0]); }")]
    [InlineData("foreach (var line in lines) { list = new List<int>(array); list.Sort(); Use(list[0]); }")]
    [InlineData("foreach (var line in lines) { array[0] = line.Length; Array.Sort(array); }")]
    [InlineData("foreach (var line in lines) { if (line == \"\") { list.Sort(); break; } }")]
    [InlineData("foreach (var line in lines) Use(list.Min());")]
    [InlineData("for (var i = 0; i < 3; i++) Use(jobs.OrderBy(j => j.Rank).First());")]
    [InlineData("foreach (var line in lines) { switch (line) { case \"add\": list.Add(line.Length); break; case \"sort\": list.Sort(); break; } }")]
    [InlineData("foreach (var line in lines) { if (line == \"add\") list.Add(line.Length); else if (line == \"sort\") list.Sort(); }")]
    [InlineData("foreach (var line in lines) { jobs.Add(new Job { Name = line }); if (jobs.Count > 9) jobs.RemoveAt(0); Use(jobs.OrderBy(j => j.Rank).ElementAt(jobs.Count / 2)); }")]
    [InlineData("foreach (var line in lines) { jobs.Add(new Job { Name = line }); jobs = jobs.OrderBy(j => j.Rank).Take(max).ToList(); }")]
    [InlineData("foreach (var line in lines) { jobs.Add(new Job { Name = line }); foreach (var j in jobs.OrderBy(j => j.Rank)) Use(j); }")]
    [InlineData("foreach (var line in lines) { jobs.Sort((a, b) => a.Rank.CompareTo(b.Rank)); jobs[0].Rank++; }")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Theory]
    [InlineData("foreach (var line in lines)\n    Use([|jobs.OrderBy(j => j.Rank)|].First(), line);", "var sortedJobs = jobs.OrderBy(j => j.Rank).ToList();\nforeach (var line in lines)\n    Use(sortedJobs.First(), line);")]
    [InlineData("foreach (var line in lines)\n{\n    foreach (var j in [|jobs.OrderBy(j => j.Rank)|].ThenByDescending(j => j.Name))\n        Use(j, line);\n}", "var sortedJobs = jobs.OrderBy(j => j.Rank).ThenByDescending(j => j.Name).ToList();\nforeach (var line in lines)\n{\n    foreach (var j in sortedJobs)\n        Use(j, line);\n}")]
    [InlineData("var sorted = new List<int>();\nforeach (var line in lines)\n{\n    sorted.Add(line.Length);\n    [|sorted.Sort()|];\n}\nUse(sorted);", "var sorted = new List<int>();\nforeach (var line in lines)\n{\n    sorted.Add(line.Length);\n}\n\nsorted.Sort();\nUse(sorted);")]
    public Task Sorts_once(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("foreach (var line in lines) { list.Add(line.Length); [|list.Sort()|]; }")]
    [InlineData("var own = new List<int>(); foreach (var line in lines) { own.Add(line.Length); [|own.Sort()|]; Use(own[0]); }")]
    [InlineData("var own = new List<string>(); foreach (var line in lines) { own.Add(line); [|own.Sort()|]; } Use(own);")]
    [InlineData("var own = new List<int>(); foreach (var line in lines) { [|own.Sort()|]; own.Add(line.Length); } Use(own);")]
    [InlineData("var own = new List<int>(); foreach (var line in lines) { own.Add(line.Length); if (line == \"\") continue; [|own.Sort()|]; } Use(own);")]
    [InlineData("foreach (var line in lines) Use([|sequence.OrderBy(j => j.Rank)|].First());")]
    [InlineData("foreach (var line in lines) Use([|jobs.OrderBy(j => j.Name.Trim())|].First());")]
    [InlineData("foreach (var line in lines) Use([|jobs.OrderBy(j => j.Name, StringComparer.Ordinal)|].First());")]
    [InlineData("foreach (var line in lines) Use([|jobs.OrderBy(j => j.Rank)|]);")]
    [InlineData("while (list.Count > 0) { var least = [|list.Min()|]; list.Remove(least); Use(least); }")]
    [InlineData("while (jobs.Count > 1) { jobs = [|jobs.OrderBy(j => j.Rank)|].ToList(); var first = jobs[0]; jobs.RemoveAt(0); jobs.Add(new Job { Rank = first.Rank * 3 }); }")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("foreach (var a in asked) result.Add(jobs.OrderBy(j => j.Rank).ThenBy(j => j.Name).FirstOrDefault(j => j.Rank > a)?.Name ?? \"-\");", true)]
    [InlineData("foreach (var a in asked) foreach (var j in jobs.OrderByDescending(j => j.Name)) result.Add(j.Name + a);", true)]
    [InlineData("foreach (var a in asked) { var three = asked.Order().Take(a).ToList(); three.Add(1); result.Add(three.Sum().ToString()); }", true)]
    [InlineData("var own = new List<int>(); foreach (var a in asked) { own.Add(a); own.Sort(); } result.AddRange(own.Select(n => n.ToString()));", true)]
    [InlineData("foreach (var a in asked) { var own = new List<int>(); foreach (var b in asked) { own.Add(b * a); own.Sort(); } result.AddRange(own.Select(n => n.ToString())); }", true)]
    [InlineData("foreach (var a in asked) { result.Add(jobs.OrderBy(j => j.Rank).First().Name); change(); }", false)]
    [InlineData("foreach (var a in asked) { result.Add(jobs.OrderBy(j => Say(j.Rank)).First().Name); }", false)]
    public Task Programs_do_what_they_did(string statements, bool isFixed) => FixesAndRuns($$"""
        public class Job { public int Rank { get; set; } public string Name { get; set; } = ""; }
        public static class Program
        {
            static int Say(int n) { Console.WriteLine(n); return n; }

            public static List<string> Run(int[] ranks, List<int> asked)
            {
                var jobs = ranks.Select((r, i) => new Job { Rank = r, Name = "n" + i % 3 }).ToList();
                var result = new List<string>();
                Action change = () => jobs[0].Rank += 5;
                {{statements}}
                return result;
            }
        }
        """, [[new[] { 3, 1, 2, 3, 1 }, new[] { 2, 3, 1 }], [new[] { 4 }, new[] { 3, 2 }], [new[] { 1, 2 }, Array.Empty<int>()], [Array.Empty<int>(), new[] { 1 }]], expectFix: isFixed);

    [Fact]
    public Task An_info_where_calls_write_the_elements_out() => ReportsInfo("""
        class C { void M(List<int> ids, params int[] given) { foreach (var id in ids) Console.Write([|given.OrderBy(g => g)|].First() + id); } }
        """);
}
