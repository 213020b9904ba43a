namespace HotPath.Tests;

public sealed class CopyToReadTests : RuleTests<CopyToReadAnalyzer, CopyToReadFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            const string Prefix = "id:";
            private int calls;

            void M(string s, string other, string? maybe, List<int> list, int[] array, string[] names, HashSet<int> set, Dictionary<int, string> table, IReadOnlyList<int> view, ICollection<int> counted, Func<int, bool> given, int i, int n)
            {
                {{statements}}
            }

            bool Seen(int x) => ++calls > x;
            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("if ([|s.Substring(0, 3) == \"id:\"|]) Use(s);")]
    [InlineData("if ([|\"id:\" != s.Substring(i)|]) Use(s);")]
    [InlineData("if ([|s[..3] == Prefix|]) Use(s);")]
    [InlineData("if ([|s[i..n] == other|]) Use(s);")]
    [InlineData("if ([|s.Substring(i, 1) == \":\"|]) Use(s);")]
    [InlineData("if ([|s.Substring(0, 2) is \"ab\" or \"cd\"|]) Use(s);")]
    [InlineData("if ([|s.Substring(0, 2).Equals(other)|]) Use(s);")]
    [InlineData("if ([|string.Equals(s.Substring(0, 2), other, StringComparison.OrdinalIgnoreCase)|]) Use(s);")]
    [InlineData("if ([|s.Substring(2).StartsWith(\"ab\", StringComparison.Ordinal)|]) Use(s);")]
    [InlineData("Use([|s.Substring(2).IndexOf(':')|]);")]
    [InlineData("Use([|s.Substring(2).Length|]);")]
    [InlineData("Use([|s.Substring(i, 1)[0]|]);")]
    [InlineData("if ([|string.IsNullOrEmpty(s.Substring(i))|]) Use(s);")]
    [InlineData("if ([|maybe?.Substring(0, 3) == \"id:\"|]) Use(s);")]
    [InlineData("switch ([|s.Substring(0, 2)|]) { case \"ab\": Use(s); break; default: Use(n); break; }")]
    [InlineData("Use([|s.Substring(0, 2)|] switch { \"ab\" => 1, _ => 2 });")]
    [InlineData("if ([|s.Substring(0, 2) == other.Substring(0, 2)|]) Use(s);")]
    [InlineData("if ([|\"aeiou\".Contains(s.Substring(i, 1))|]) Use(s);")]
    [InlineData("if ([|other.Contains(s[i..n])|]) Use(s);")]
    [InlineData("if ([|other.Contains(s.Substring(i, 1), StringComparison.OrdinalIgnoreCase)|]) Use(s);")]
    [InlineData("Use([|other.IndexOf(s.Substring(i, 2), StringComparison.Ordinal)|]);")]
    [InlineData("if ([|other.StartsWith(s.Substring(2), StringComparison.Ordinal)|] || [|\"ab\".Equals(s.Substring(0, 2))|]) Use(s);")]
    public Task Reports_parts_of_texts(string statements) => ReportsInfo(Class(statements));

    [Theory]
    [InlineData("Use([|s.Split(',')[1]|]);")]
    [InlineData("Use([|s.Split(',', ';')[0]|]);")]
    [InlineData("Use([|s.Split(\", \")[0]|]);")]
    [InlineData("Use([|s.Split(',').First()|]);")]
    [InlineData("Use([|s.Split(',').Last()|]);")]
    [InlineData("Use([|s.Split('/')[^1]|]);")]
    [InlineData("Use([|s.Split(',').Length|]);")]
    [InlineData("Use([|s.Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries)[2]|].Trim());")]
    public Task Reports_pieces(string statements) => ReportsInfo(Class(statements));

    [Theory]
    [InlineData("Use([|list.ToArray().Length|]);")]
    [InlineData("Use([|list.ToList().Count|]);")]
    [InlineData("Use([|list.ToList()[i]|]);")]
    [InlineData("Use([|array.ToArray()[i]|]);")]
    [InlineData("Use([|array.ToList().First()|]);")]
    [InlineData("Use([|list.ToArray().Any(x => x > n)|]);")]
    [InlineData("Use([|set.ToList().Count|]);")]
    [InlineData("Use([|table.Keys.ToList().Count|]);")]
    [InlineData("Use([|view.ToArray().Length|]);")]
    [InlineData("Use([|s.ToCharArray().Length|]);")]
    [InlineData("Use([|s.ToCharArray()[i]|]);")]
    [InlineData("foreach (var c in [|s.ToCharArray()|]) Use(c);")]
    [InlineData("Use([|s.ToCharArray().Contains('x')|]);")]
    [InlineData("Use([|s.ToCharArray().Count(c => c == 'x')|]);")]
    [InlineData("var chars = [|s.ToCharArray()|]; for (var k = 0; k < chars.Length; k++) Use(chars[k]);")]
    [InlineData("if ([|array[..4].SequenceEqual(array)|]) Use(n);")]
    [InlineData("foreach (var x in [|array[1..]|]) Use(x);")]
    [InlineData("while (i++ < n) { var part = [|array[i..n]|]; Use(part[0] + part.Length); }")]
    [InlineData("while (i++ < n) { var part = [|array.Skip(i).Take(3).ToArray()|]; foreach (var x in part) Use(x); }")]
    public Task Reports_collections(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_copy_and_source() => ReportsInfo(Class("if ([|s.Substring(0, 3) == \"id:\"|]) Use(s);"),
        "'s.Substring(0, 3) == \"id:\"' copies a part of 's' only to read the copy; a span reads it in place");

    [Theory]
    [InlineData("var part = s.Substring(0, 3); if (part == \"id:\") Use(part);")]
    [InlineData("Use(s.Substring(0, 3));")]
    [InlineData("Use(int.Parse(s.Substring(0, 3)));")]
    [InlineData("if (s.Substring(0, 3).StartsWith(\"i\")) Use(s);")]
    [InlineData("if (s.Substring(0, 3) == null) Use(s);")]
    [InlineData("if (\"aeiou\".IndexOf(s.Substring(i, 1)) >= 0) Use(s);")]
    [InlineData("if (other.StartsWith(s.Substring(2))) Use(s);")]
    [InlineData("Use(other.Replace(s.Substring(2), \"\"));")]
    [InlineData("Use(other.Split(s.Substring(i, 1)));")]
    [InlineData("if (names.Contains(s.Substring(i, 1))) Use(s);")]
    [InlineData("if (\"constant\".Substring(0, 3) == other) Use(s);")]
    [InlineData("if (s.Substring(0, 3).Contains(\"i\")) Use(s);")]
    [InlineData("Expression<Func<string, bool>> e = x => x.Substring(0, 3) == \"id:\"; Use(e);")]
    [InlineData("IQueryable<string> q = names.AsQueryable(); Use(q.Where(x => x.Substring(0, 3) == \"id:\"));")]
    [InlineData("throw new Exception(s.Substring(0, 3) == \"id:\" ? \"a\" : \"b\");")]
    [InlineData("var parts = s.Split(','); Use(parts[0] + parts[1]);")]
    [InlineData("foreach (var part in s.Split(',')) Use(part);")]
    [InlineData("Use(s.Split(',', 2)[0]);")]
    [InlineData("Use(s.Split(',')[i]);")]
    [InlineData("s.Split(',')[0] = \"\";")]
    [InlineData("Use(list.ToArray());")]
    [InlineData("list.ToArray()[0] = 3;")]
    [InlineData("var chars = s.ToCharArray(); chars[0] = 'x'; Use(chars.Length);")]
    [InlineData("var chars = s.ToCharArray(); Array.Reverse(chars); Use(chars.Length);")]
    [InlineData("Use(new string(s.ToCharArray()));")]
    [InlineData("foreach (var x in list.ToArray()) Use(x);")]
    [InlineData("Use(list.ToArray().Sum());")]
    [InlineData("Use(list.Where(x => x > n).ToList().Count);")]
    [InlineData("Use(new[] { 1, 2, 3 }.ToList().Count);")]
    [InlineData("Use(array[1]);")]
    [InlineData("var part = array[i..n]; Use(part);")]
    [InlineData("foreach (var x in array[1..]) array[x] = n;")]
    [InlineData("Use(list.ToArray().All(x => { list.Add(x); return true; }));")]
    [InlineData("while (s.Length > 0) { if (s.Substring(0, 1) == \" \") Use(n); s = s.Substring(1); }")]
    public Task Is_silent(string statements) => Reports("using System.Linq.Expressions;\n" + Class(statements));

    [Fact]
    public Task In_every_placement() => FixesEverywhere(
        "foreach (var line in File.ReadAllLines(\"a\"))\n    if ([|line.Substring(1, 3) == \"id:\"|])\n        Console.WriteLine(line);",
        "foreach (var line in File.ReadAllLines(\"a\"))\n    if (line.AsSpan(1, 3) is \"id:\")\n        Console.WriteLine(line);");

    [Theory]
    [InlineData("if ([|s.Substring(0, 3) == \"id:\"|]) Use(s);", "if (s.AsSpan(0, 3) is \"id:\") Use(s);")]
    [InlineData("if ([|\"id:\" != s.Substring(i)|]) Use(s);", "if (s.AsSpan(i) is not \"id:\") Use(s);")]
    [InlineData("if ([|s[..3] == Prefix|]) Use(s);", "if (s.AsSpan(0, 3).SequenceEqual(Prefix)) Use(s);")]
    [InlineData("if ([|s[i..n] != other|]) Use(s);", "if (!s.AsSpan()[i..n].SequenceEqual(other)) Use(s);")]
    [InlineData("if ([|s[^3..] == \"end\"|]) Use(s);", "if (s.AsSpan()[^3..] is \"end\") Use(s);")]
    [InlineData("if ([|s[i..] == \"end\"|]) Use(s);", "if (s.AsSpan(i) is \"end\") Use(s);")]
    [InlineData("if (s.Length > 3 && [|s.Substring(0, 3) == \"id:\"|]) Use(s);", "if (s.Length > 3 && s.StartsWith(\"id:\", StringComparison.Ordinal)) Use(s);")]
    [InlineData("if (s.Length < 3 || [|s.Substring(0, 3) != \"id:\"|]) Use(s);", "if (s.Length < 3 || !s.StartsWith(\"id:\", StringComparison.Ordinal)) Use(s);")]
    [InlineData("if (s.Length > 2 && [|s.Substring(0, 3) == \"toolong\"|]) Use(s);", "if (s.Length > 2 && s.AsSpan(0, 3) is \"toolong\") Use(s);")]
    [InlineData("for (var k = 0; k < s.Length; k++) if ([|s.Substring(k, 1) == \":\"|]) Use(s);", "for (var k = 0; k < s.Length; k++) if (s[k] == ':') Use(s);")]
    [InlineData("for (var k = 0; k < s.Length; k++) if ([|s.Substring(k, 2) == \"::\"|]) Use(s);", "for (var k = 0; k < s.Length; k++) if (s.AsSpan(k, 2) is \"::\") Use(s);")]
    [InlineData("if (s.Length >= 3 && [|s.Substring(2, 1) == \"'\"|]) Use(s);", "if (s.Length >= 3 && s[2] == '\\'') Use(s);")]
    [InlineData("if ([|s.Substring(2, 1) == \":\"|]) Use(s);", "if (s.AsSpan(2, 1) is \":\") Use(s);")]
    [InlineData("if ([|s.Substring(0, 2) is \"ab\" or \"cd\"|]) Use(s);", "if (s.AsSpan(0, 2) is \"ab\" or \"cd\") Use(s);")]
    [InlineData("if (![|s.Substring(0, 2).Equals(\"ab\")|]) Use(s);", "if (!s.AsSpan(0, 2).SequenceEqual(\"ab\")) Use(s);")]
    [InlineData("if ([|string.Equals(s.Substring(0, 2), other, StringComparison.OrdinalIgnoreCase)|]) Use(s);", "if (s.AsSpan(0, 2).Equals(other, StringComparison.OrdinalIgnoreCase)) Use(s);")]
    [InlineData("if ([|s.Substring(2).StartsWith(\"ab\", StringComparison.Ordinal)|]) Use(s);", "if (s.AsSpan(2).StartsWith(\"ab\", StringComparison.Ordinal)) Use(s);")]
    [InlineData("Use([|s.Substring(2).IndexOf(':')|]);", "Use(s.AsSpan(2).IndexOf(':'));")]
    [InlineData("Use([|s.Substring(2).Length|]);", "Use(s.AsSpan(2).Length);")]
    [InlineData("Use([|s.Substring(i, 1)[0]|]);", "Use(s.AsSpan(i, 1)[0]);")]
    [InlineData("if ([|string.IsNullOrWhiteSpace(s.Substring(i))|]) Use(s);", "if (s.AsSpan(i).IsWhiteSpace()) Use(s);")]
    [InlineData("switch ([|s.Substring(0, 2)|]) { case \"ab\": Use(s); break; default: Use(n); break; }", "switch (s.AsSpan(0, 2)) { case \"ab\": Use(s); break; default: Use(n); break; }")]
    [InlineData("Use([|s.Substring(0, 2)|] switch { \"ab\" => 1, _ => 2 });", "Use(s.AsSpan(0, 2) switch { \"ab\" => 1, _ => 2 });")]
    [InlineData("if ([|s.Substring(0, 2) == other.Substring(i)|]) Use(s);", "if (s.AsSpan(0, 2).SequenceEqual(other.AsSpan(i))) Use(s);")]
    [InlineData("if (maybe != null && [|maybe.Substring(i) == \"x\"|]) Use(s);", "if (maybe != null && maybe.AsSpan(i) is \"x\") Use(s);")]
    [InlineData("if ([|\"aeiou\".Contains(s.Substring(i, 1))|]) Use(s);", "if (\"aeiou\".AsSpan().Contains(s.AsSpan(i, 1), StringComparison.Ordinal)) Use(s);")]
    [InlineData("for (var k = 0; k < s.Length; k++) if ([|\"aeiou\".Contains(s.Substring(k, 1))|]) Use(s);", "for (var k = 0; k < s.Length; k++) if (\"aeiou\".Contains(s[k])) Use(s);")]
    [InlineData("for (var k = 0; k < s.Length; k++) if ([|\"aeiou\".IndexOf(s.Substring(k, 1), StringComparison.Ordinal)|] >= 0) Use(s);", "for (var k = 0; k < s.Length; k++) if (\"aeiou\".IndexOf(s[k]) >= 0) Use(s);")]
    [InlineData("if ([|other.Contains(s[i..], StringComparison.OrdinalIgnoreCase)|]) Use(s);", "if (other.AsSpan().Contains(s.AsSpan(i), StringComparison.OrdinalIgnoreCase)) Use(s);")]
    [InlineData("if ([|\"ab\".Equals(s.Substring(0, 2))|]) Use(s);", "if (\"ab\".AsSpan().SequenceEqual(s.AsSpan(0, 2))) Use(s);")]
    [InlineData("if ([|other.StartsWith(s.Substring(2), StringComparison.Ordinal)|]) Use(s);", "if (other.AsSpan().StartsWith(s.AsSpan(2), StringComparison.Ordinal)) Use(s);")]
    public Task Reads_the_part_in_place(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("Use([|s.Split(',')[1]|]);", "Use(s.Split(',', 3)[1]);")]
    [InlineData("Use([|s.Split(',', ';')[0]|]);", "Use(s.Split(new[] { ',', ';' }, 2)[0]);")]
    [InlineData("Use([|s.Split(\", \")[0]|]);", "Use(s.Split(\", \", 2)[0]);")]
    [InlineData("Use([|s.Split(',').First()|]);", "Use(s.Split(',', 2).First());")]
    [InlineData("Use([|s.Split(',').Last()|]);", "Use(s.Substring(s.LastIndexOf(',') + 1));")]
    [InlineData("Use([|s.Split('/')[^1]|]);", "Use(s.Substring(s.LastIndexOf('/') + 1));")]
    [InlineData("Use([|s.Split(',').Length|]);", "Use(s.AsSpan().Count(',') + 1);")]
    [InlineData("Use([|s.Split(',').Length|] * 2);", "Use((s.AsSpan().Count(',') + 1) * 2);")]
    [InlineData("Use([|s.Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries)[2]|].Trim());", "Use(s.Split(new[] { ',' }, 4, StringSplitOptions.RemoveEmptyEntries)[2].Trim());")]
    [InlineData("Use(maybe?[|.Split(',')[0]|]);", "Use(maybe?.Split(',', 2)[0]);")]
    public Task Leaves_the_other_pieces_alone(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("Use([|list.ToArray().Length|]);", "Use(list.Count);")]
    [InlineData("Use([|list.ToList().Count|]);", "Use(list.Count);")]
    [InlineData("Use([|list.ToArray().Count()|]);", "Use(list.Count);")]
    [InlineData("Use([|list.ToList()[i]|]);", "Use(list[i]);")]
    [InlineData("Use([|array.ToArray()[i]|]);", "Use(array[i]);")]
    [InlineData("Use([|array.ToList().First()|]);", "Use(array.First());")]
    [InlineData("Use([|array.ToList().Contains(n)|]);", "Use(array.Contains(n));")]
    [InlineData("Use([|list.ToList().Contains(n)|]);", "Use(list.Contains(n));")]
    [InlineData("Use([|list.ToArray().Any(x => Seen(x))|]);", "Use(list.Any(x => Seen(x)));")]
    [InlineData("Use([|list.ToArray().Any(x => x > n)|]);", "Use(list.Any(x => x > n));")]
    [InlineData("Use([|table.Keys.ToList().Count|]);", "Use(table.Keys.Count);")]
    [InlineData("Use([|view.ToArray().Length|]);", "Use(view.Count);")]
    [InlineData("Use([|counted.ToArray().Length|]);", "Use(counted.Count);")]
    [InlineData("Use([|s.ToCharArray().Length|]);", "Use(s.Length);")]
    [InlineData("Use([|s.ToCharArray()[i]|]);", "Use(s[i]);")]
    [InlineData("foreach (var c in [|s.ToCharArray()|]) Use(c);", "foreach (var c in s) Use(c);")]
    [InlineData("Use([|s.ToCharArray().Contains('x')|]);", "Use(s.Contains('x'));")]
    [InlineData("Use([|s.ToCharArray().Count(c => c == 'x')|]);", "Use(s.Count(c => c == 'x'));")]
    [InlineData("var chars = [|s.ToCharArray()|];\n        for (var k = 0; k < chars.Length; k++) Use(chars[k]);", "for (var k = 0; k < s.Length; k++) Use(s[k]);")]
    [InlineData("if ([|array[..4].SequenceEqual(array)|]) Use(n);", "if (array.AsSpan(..4).SequenceEqual(array)) Use(n);")]
    [InlineData("foreach (var x in [|array[1..]|]) Use(x);", "foreach (var x in array.AsSpan(1..)) Use(x);")]
    [InlineData("while (i++ < n) { int[] part = [|array[i..n]|]; Use(part[0] + part.Length); }", "while (i++ < n) { var part = array.AsSpan(i..n); Use(part[0] + part.Length); }")]
    public Task Reads_the_original(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("if ([|maybe.Substring(0, 3) == \"id:\"|]) Use(s);")]
    [InlineData("if ([|maybe?.Substring(0, 3) == \"id:\"|]) Use(s);")]
    [InlineData("if ([|maybe.Contains(s.Substring(0, 3))|]) Use(s);")]
    [InlineData("if ([|\"aeiou\".Contains(maybe.Substring(0, 3))|]) Use(s);")]
    [InlineData("if ([|s.Substring(0, 3) == maybe|]) Use(s);")]
    [InlineData("if ([|other.Trim() == s.Substring(0, 3)|]) Use(s);")]
    [InlineData("if ([|s.Substring(length: 3, startIndex: 0) == \"id:\"|]) Use(s);")]
    [InlineData("if ([|s.Substring(0 /* start */, 3) == \"id:\"|]) Use(s);")]
    [InlineData("Use([|s.Split(',', StringSplitOptions.TrimEntries)[0]|]);")]
    [InlineData("Use([|s.Trim().Split(',').Last()|]);")]
    [InlineData("Use([|s.Split(\"aa\").Last()|]);")]
    [InlineData("Use([|array.ToList()[i]|]);")]
    [InlineData("Use([|list.ToArray()[i]|]);")]
    [InlineData("Use([|view.ToList()[i]|]);")]
    [InlineData("Use([|list.ToList()[Change(list)]|]); static int Change(List<int> l) { l.Clear(); return 0; }")]
    [InlineData("Use([|list.ToArray().Any(given)|]);")]
    [InlineData("Use([|set.ToList().Contains(n)|]);")]
    [InlineData("while (i++ < n) { var part = [|array[i..n]|]; Func<int> f = () => part[0]; Use(f()); }")]
    [InlineData("while (i++ < n) { var part = [|array.Skip(i).Take(3).ToArray()|]; foreach (var x in part) Use(x); }")]
    public Task Reported_without_a_fix(string statements) => HasNoFix(Class(statements).Replace("maybe.Sub", "maybe!.Sub").Replace("maybe.Con", "maybe!.Con"));

    [Fact]
    public Task Without_spans_what_is_proven_is_fixed() => Fixes(
        "using System;\nclass C { bool M(string s) => s != null && s.Length > 2 && [|s.Substring(0, 3) == \"id:\"|]; bool N(string s) => s != null && s.Length > 2 && [|s.Substring(1, 1) == \":\"|]; string O(string s) => [|s.Split(',')[1]|]; }",
        "using System;\nclass C { bool M(string s) => s != null && s.Length > 2 && s.StartsWith(\"id:\", StringComparison.Ordinal); bool N(string s) => s != null && s.Length > 2 && s[1] == ':'; string O(string s) => s.Split(new[] { ',' }, 3)[1]; }",
        target: Target.Net472.Oblivious.CSharp(7));

    [Fact]
    public Task Without_spans_nothing_is_fixed() => HasNoFix(
        "class C { bool M(string s) { if (s == null) return false; return [|s.Substring(0, 3) == \"id:\"|]; } int N(string s) { if (s == null) return 0; return [|s.Split(',').Length|]; } }", target: Target.NetStandard20.Oblivious.CSharp(7));

    [Fact]
    public Task Older_languages_compare_by_a_call() => Fixes(
        "class C { async Task<bool> M(string s) { await Task.Yield(); return [|s.Substring(1, 3) == \"id:\"|]; } IEnumerable<bool> N(string s) { yield return [|s.Substring(1, 3) != \"id:\"|]; } }",
        "class C { async Task<bool> M(string s) { await Task.Yield(); return s.AsSpan(1, 3).SequenceEqual(\"id:\"); } IEnumerable<bool> N(string s) { yield return !s.AsSpan(1, 3).SequenceEqual(\"id:\"); } }", target: Target.Net80.CSharp(10));

    [Fact]
    public Task Patterns_on_spans_in_asynchronous_code() => Fixes(
        "class C { async Task<bool> M(string s) { if ([|s.Substring(1, 3) == \"id:\"|]) await Task.Yield(); return [|(await N()).Substring(1, 2) == \"ab\"|]; } Task<string> N() => Task.FromResult(\"\"); IEnumerable<bool> O(string s) { yield return [|s.Substring(1, 3) is \"a\" or \"b\"|]; } }",
        "class C { async Task<bool> M(string s) { if (s.AsSpan(1, 3) is \"id:\") await Task.Yield(); return (await N()).AsSpan(1, 2) is \"ab\"; } Task<string> N() => Task.FromResult(\"\"); IEnumerable<bool> O(string s) { yield return s.AsSpan(1, 3) is \"a\" or \"b\"; } }", target: Target.Net80.CSharp(12));

    [Fact]
    public Task Nothing_waits_while_a_span_is_there() => HasNoFix(
        "class C { async Task M(string s, int[] a) { if ([|s.Substring(1, 3) == await N()|]) return; switch ([|s.Substring(0, 2)|]) { case \"ab\": await N(); break; } foreach (var x in [|a[1..]|]) await N(); } Task<string> N() => Task.FromResult(\"\"); }");

    [Fact]
    public Task Covariant_arrays_have_no_span() => HasNoFix("class C { void M(object[] a) { foreach (var x in [|a[1..]|]) Console.WriteLine(x); } }");

    [Fact]
    public Task Null_unknown_to_oblivious_code_keeps_its_exception() => HasNoFix("class C { bool M(string s) => [|s.Substring(0, 3) == \"id:\"|]; int N(List<int> l) => [|l.ToList().Count|]; }", target: Target.Net100.Oblivious);

    [Fact]
    public Task Lines_of_two_characters_are_kept() => Fixes("class C\r\n{\r\n    bool M(string s) =>\r\n        [|s.Substring(0, 3) == \"id:\"|];\r\n}\r\n", "class C\r\n{\r\n    bool M(string s) =>\r\n        s.AsSpan(0, 3) is \"id:\";\r\n}\r\n");

    [Fact]
    public Task Several_with_one_that_stays_first() => Fixes(
        "class C { bool M(string? t, string s) => [|t?.Substring(1) == \"a\"|] || [|s.Substring(1) == \"a\"|] || [|s.Substring(2) == \"b\"|]; }",
        "class C { bool M(string? t, string s) => [|t?.Substring(1) == \"a\"|] || s.AsSpan(1) is \"a\" || s.AsSpan(2) is \"b\"; }");

    private const string Program = """
        public static class Program
        {
            public static string Run(string?[] input, int n)
            {
                var log = new StringBuilder();
                foreach (var text in input)
                {
                    if (text is null)
                        continue;

                    Try(() => text.Substring(0, n) == "id:");
                    Try(() => text.Substring(n) != "a,b");
                    Try(() => text[..n] == "");
                    Try(() => text[^n..] == "b");
                    Try(() => text.Substring(n, 1) == ",");
                    Try(() => text.Length > 3 && text.Substring(3, 1) == "b");
                    Try(() => text.Length >= 3 && text.Substring(0, 3) != "id:");
                    Try(() => text.Substring(n, 2) is "a," or "d:" or "");
                    Try(() => text.Substring(n).Length);
                    Try(() => "aeiou,b".Contains(text.Substring(n, 1)));
                    Try(() => text.Contains(text.Substring(n)));
                    Try(() => "A,B".IndexOf(text.Substring(0, n), StringComparison.OrdinalIgnoreCase));
                    Try(() => text.Length > 0 && "aeiou,b".Contains(text.Substring(0, 1)));
                    Try(() => text.EndsWith(text.Substring(n, 2), StringComparison.Ordinal) || "".Equals(text.Substring(n)));
                    Try(() => text.Substring(n)[n]);
                    Try(() => text.Substring(n).IndexOf(','));
                    Try(() => text.Substring(0, 2).Equals("ID", StringComparison.OrdinalIgnoreCase));
                    Try(() => string.IsNullOrWhiteSpace(text.Substring(n)));
                    Try(() => text.Split(',')[0]);
                    Try(() => text.Split(',')[2]);
                    Try(() => text.Split(',', ';')[1]);
                    Try(() => text.Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries)[1]);
                    Try(() => text.Split(", ")[0]);
                    Try(() => text.Split(',').Last());
                    Try(() => text.Split(',').Length);
                    Try(() => text.Split(',')[^1]);
                    Try(() => text.ToCharArray()[n]);
                    Try(() => text.ToCharArray().Length);
                    Try(() => text.ToCharArray().Contains('a'));
                    Try(() => text.ToCharArray().First());
                    var numbers = text.Select(c => (int)c).ToArray();
                    var list = numbers.ToList();
                    Try(() => numbers.ToArray()[n]);
                    Try(() => list.ToList()[n]);
                    Try(() => list.ToArray().Length + numbers.ToList().Count);
                    Try(() => list.ToArray().First());
                    Try(() => numbers.ToList().Any(x => x > 50));
                    Try(() => numbers[n..][0]);
                    Try(() => numbers[..n].Length);
                    foreach (var c in text.ToCharArray())
                        log.Append((int)c);
                    Try(() =>
                    {
                        var sum = 0;
                        foreach (var x in numbers[n..])
                            sum += x;
                        return sum;
                    });
                    Try(() => text.Substring(0, 2) switch { "id" => 1, "a," => 2, _ => 3 });
                }

                return log.ToString();

                void Try(Func<object> ask)
                {
                    try
                    {
                        log.Append(ask()).Append('|');
                    }
                    catch (Exception e)
                    {
                        log.Append(e.GetType().Name).Append('|');
                    }
                }
            }
        }
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(-1)]
    public Task Runs_the_same(int n) => FixesAndRuns(Program, [new[] { "id:", "id:a,b,c", "", "a", "a,b", ",,", "a,,b,", "x, y, z", ";a;b", "Id", "   ", null, "abcdefghij,k" }, n]);

    [Theory]
    [InlineData("Trace.Log(x); Trace.Log([|x.Substring(n, 1)[0]|]);")]
    [InlineData("Trace.Log([|x.Substring(n, 1)[0]|]);")]
    [InlineData("Trace.Log([|x.Substring(n, 1) == \"a\"|]);")]
    public Task What_may_be_missing_keeps_its_exception(string statements) => HasNoFix("#pragma warning disable CS8602, CS8604\nclass Program { public static void Run(string?[] input, int n) { var items = input.ToArray(); foreach (var x in items) { " + statements + " } } static class Trace { public static void Log(object o) { } } }");
}
