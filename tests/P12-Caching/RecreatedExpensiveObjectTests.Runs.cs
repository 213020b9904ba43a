namespace HotPath.Tests;

public sealed partial class RecreatedExpensiveObjectTests
{
    private static readonly string[] Hostile = ["", "a", "Title I", "tıtle", "TİTLE", "12345", "#", "a#b", "x\ny", "aaaa"];

    private static string Program(string body, string parameters = "string[] lines, string text", string type = "object?", string members = "", string attributes = "static") => $$"""
        {{Usings}}
        class C
        {
            {{members}}

            {{attributes}} {{type}} Run({{parameters}})
            {
                {{body}}
            }
        }
        {{Types}}
        """;

    [Theory]
    [InlineData("var n = 0; foreach (var line in lines) if (new Regex(\"^[0-9]+$\").IsMatch(line)) n++; return n;")]
    [InlineData("var found = new List<string>(); foreach (var line in lines) { var regex = new Regex(\"(?<first>.)(.)\"); var match = regex.Match(line); if (!match.Success) continue; found.Add(match.Groups[\"first\"].Value + regex.GetGroupNames().Length); } return found;")]
    [InlineData("return lines.Select(line => new Regex(\"a+\").Replace(line, m => m.Value.Length.ToString())).ToList();")]
    [InlineData("return lines.Where(line => new Regex(\"t.tle\", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase).IsMatch(line));")]
    [InlineData("var i = 0; while (new Regex(\"^a\").IsMatch(text) && i++ < 10) text = new Regex(\"^a\").Replace(text, \"\"); return text + i;")]
    [InlineData("const string a = \"[a]\"; const string b = a + \"+\"; var c = b + \"$\"; return lines.Count(line => new Regex(c).IsMatch(line)) + b;")]
    [InlineData("Regex one = new Regex(\"a\"), two = new Regex(\"b\"); return lines.Count(line => one.IsMatch(line) || two.IsMatch(line));")]
    [InlineData("switch (text.Length) { case 0: var regex = new Regex(\"a\"); return regex.Split(\"bab\"); default: return new Regex(\"a\").Split(text); }")]
    [InlineData("string M(string s) { var word = new Regex(\"a\"); return word.Replace(s, \"b\"); } return lines.Select(M).ToList();")]
    [InlineData("IEnumerable<string> Iterate() { foreach (var line in lines) { var word = new Regex(\"a\"); yield return word.Replace(line, \"b\"); } } return Iterate();")]
    [InlineData("var word = new Regex(\"a\"); Func<string, bool> f = s => word.IsMatch(s); return lines.Select(f).ToList();")]
    [InlineData("if (text.Length > 1) { var word = new Regex(\"a\"); return word.IsMatch(text); } else { var word = new Regex(\"b\"); return word.IsMatch(text); }")]
    [InlineData("var word = text.Length > 1 ? new Regex(\"a\") : new Regex(\"b\", RegexOptions.Multiline); return word.Matches(text).Count;")]
    [InlineData("var word = text.Length switch { 0 => new Regex(\"a\"), 1 => new Regex(\"b\"), _ => new Regex(\"c\") }; return word.Matches(text).Count;")]
    [InlineData("try { return new Regex(\"a\").Replace(text, \"b\"); } finally { Console.WriteLine(new Regex(\"b\").IsMatch(text)); }")]
    [InlineData("var regex = new Regex(\"a\", RegexOptions.None, TimeSpan.FromSeconds(5)); return regex.MatchTimeout.TotalSeconds + regex.ToString();")]
    [InlineData("return string.Join(\"|\", lines.Select(line => line.Length.ToString(\"N2\", new CultureInfo(\"de-DE\"))));")]
    [InlineData("var culture = new CultureInfo(\"fr-FR\", false); return culture.TextInfo.ToTitleCase(text) + culture.DateTimeFormat.GetMonthName(2) + culture.Name + 1234.5.ToString(\"C\", culture);")]
    [InlineData("var format = new CultureInfo(\"sv-SE\").NumberFormat; return (-1.5).ToString(format) + format.NumberDecimalSeparator;")]
    [InlineData("var random = new Random(); var n = 0; foreach (var line in lines) n += random.Next(1); return n + new Random().Next(1, 2);")]
    [InlineData("var order = new Order { Id = text.Length, Name = text }; var options = new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase }; return JsonSerializer.Serialize(order, options) + JsonSerializer.Serialize(lines, new JsonSerializerOptions { WriteIndented = false });")]
    [InlineData("return lines.Select(line => { try { return JsonSerializer.Deserialize<int>(line, new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowReadingFromString }); } catch (JsonException) { return -1; } }).ToList();")]
    [InlineData("var writer = new StringWriter(); new XmlSerializer(typeof(Order), new XmlRootAttribute(\"o\")).Serialize(writer, new Order { Id = 3, Name = \"n\" }); return writer.ToString();")]
    [InlineData("var n = 0; foreach (var line in lines) { Expression<Func<string, int>> e = s => s.Length * 2; var f = e.Compile(); n += f(line); } return n;")]
    [InlineData("Expression<Func<string, int>> e = s => s.Length * 2; var n = 0; foreach (var line in lines) n += e.Compile()(line); return n;")]
    [InlineData("var n = 0; foreach (var line in lines) n += line.AsSpan().IndexOfAny(SearchValues.Create(\"ab\")); return n;")]
    [InlineData("return lines.Select(line => string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(\"{0,5}|{1:N1}\"), line, line.Length)).ToList();")]
    [InlineData("return Convert.ToHexString(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes(text)));")]
    [InlineData("using (var md5 = MD5.Create()) { var hash = md5.ComputeHash(Encoding.UTF8.GetBytes(text)); return Convert.ToHexString(hash); }")]
    [InlineData("var map = new Dictionary<string, Func<int, int>> { [\"a\"] = x => x + 1, [\"b\"] = x => x * 2, [\"c\"] = Math.Abs, [\"d\"] = x => x, [\"e\"] = x => x, [\"f\"] = x => x, [\"g\"] = x => x, [\"h\"] = x => x, [\"#\"] = x => -x }; return lines.Select(line => map.TryGetValue(line, out var f) ? f(line.Length) : 0).ToList();")]
    [InlineData("var map = new SortedDictionary<int, string> { { 9, \"i\" }, { 1, \"a\" }, { 2, \"b\" }, { 3, \"c\" }, { 4, \"d\" }, { 5, \"e\" }, { 6, \"f\" }, { 7, \"g\" }, { 8, \"h\" } }; return string.Join(\",\", map.Values) + map[text.Length];")]
    [InlineData("var all = new List<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }; return all.Where(s => lines.Contains(s)).Concat(all.ToArray()).Reverse();")]
    [InlineData("var n = 0; foreach (var line in lines) { HashSet<string> known = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\"]; n += known.Contains(line) ? 1 : 0; } return n;")]
    [InlineData("foreach (var s in new List<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }) Console.WriteLine(s + text); return null;")]
    [InlineData("var n = 0; foreach (var line in lines) { var regex = new Regex(\"a\"); n += regex.Matches(line).Count; } foreach (var line in lines) { var regex = new Regex(\"b\"); n += regex.Matches(line).Count * 10; } return n;")]
    [InlineData("string Local(string s) { const string p = \"a\"; return new Regex(p).Replace(s, p + p); } return string.Join(\",\", lines.Select(Local));")]
    [InlineData("var (n, m) = (0, 0); foreach (var line in lines) { (n, m) = (n + new Regex(\"a\").Matches(line).Count, m + 1); } return (n, m);")]
    [InlineData("return new Regex(\"(a)|(b)\").Matches(text).Cast<Match>().Select(m => m.Groups.Count + m.Result(\"[$1]\"));")]
    [InlineData("foreach (Match m in new Regex(\"a\").Matches(text)) Console.WriteLine(m.Index); return text is { Length: > 0 } t && new Regex(\"a\").IsMatch(t) ? t : \"none\";")]
    [InlineData("goto start; start: var regex = new Regex(\"a\"); return regex.Split(text);")]
    [InlineData("var regex = new Regex(\"a\", RegexOptions.RightToLeft); var evaluator = new MatchEvaluator(m => new Regex(\"b\").Replace(m.Value, \"c\")); return regex.Replace(text, evaluator, 1);")]
    [InlineData("Regex? regex = new(\"a\"); if (text.Length > 2) regex = new Regex(\"b\"); return regex.Replace(text, \"-\");")]
    [InlineData("using var reader = new StringReader(text); using (var md5 = MD5.Create()) using (var sha = SHA256.Create()) { return Convert.ToHexString(md5.ComputeHash(sha.ComputeHash(Encoding.UTF8.GetBytes(reader.ReadToEnd())))); }")]
    [InlineData("var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { \"a\", \"A\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"title i\" }; return lines.Where(set.Contains).Concat(new[] { set.Count + \"\" }).ToList();")]
    [InlineData("var list = new List<(string Name, int Value)> { (\"a\", 1), (\"b\", 2), (\"c\", 3), (\"d\", 4), (\"e\", 5), (\"f\", 6), (\"g\", 7), (\"h\", 8), (\"i\", 9) }; foreach (var (name, value) in list) text += name + value; return text;")]
    [InlineData("var list = new List<int?> { 1, null, 2, 3, 4, 5, 6, 7, 8, 9 }; var (first, last) = (list[0], list[^1]); return list.IndexOf(null) + first + last;")]
    [InlineData("var map = new Dictionary<Type, string> { { typeof(int), \"int\" }, { typeof(string), \"string\" }, { typeof(long), \"c\" }, { typeof(char), \"c\" }, { typeof(byte), \"d\" }, { typeof(short), \"e\" }, { typeof(uint), \"f\" }, { typeof(ulong), \"g\" }, { typeof(Order), \"h\" } }; return map[text.GetType()];")]
    [InlineData("var map = new Dictionary<string, string> { { \"a\", \"1\" }, { \"b\", \"2\" }, { \"c\", \"3\" }, { \"d\", \"3\" }, { \"e\", \"3\" }, { \"f\", \"3\" }, { \"g\", \"3\" }, { \"h\", \"3\" }, { \"i\", \"3\" } }; try { return map[text]; } catch (KeyNotFoundException) { return map.Keys.Count + map.Values.First(); }")]
    [InlineData("var i = 0; do { var n = new Random().Next(1); Console.WriteLine(n + new Random().NextDouble() * 0); } while (++i < 12); return i;")]
    [InlineData("unsafe { var regex = new Regex(\"a\"); fixed (char* p = text) return regex.IsMatch(text) ? 1 : 0; }")]
    [InlineData("lock (lines) { var regex = new Regex(\"a\"); return checked(regex.Matches(text).Count + 1); }")]
    [InlineData("for (var regex = new Regex(\"a\"); regex.IsMatch(text); text = regex.Replace(text, \"\", 1)) Console.WriteLine(text); return text;")]
    [InlineData("var query = from line in lines where new Regex(\"a\").IsMatch(line) let b = new Regex(\"b\").Replace(line, \"c\") select b; return query;")]
    public Task Runs_as_before(string body) => FixesAndRuns(Program(body), [Hostile, "aab"], [new string[0], ""], [new[] { "a" }, "Title I"]);

    [Theory]
    [InlineData("var n = 0; foreach (var line in lines) if (new Regex(text).IsMatch(line)) n++; return n;")]
    [InlineData("var n = 0; foreach (var line in lines) { var regex = new Regex(text, RegexOptions.IgnoreCase); if (regex.IsMatch(line)) n++; } return n;")]
    [InlineData("var n = 0; for (var i = 0; i < lines.Length; i++) { Trace.Log(lines[i]); if (lines[i].Length > 1 && new Regex(text).IsMatch(lines[i])) n++; } return n;")]
    [InlineData("var n = 0; foreach (var line in lines) { try { n += new Regex(text).Matches(line).Count; } catch (ArgumentException) { n += 1000; Console.WriteLine(line); } } return n;")]
    [InlineData("var n = 0; for (var i = 0; i < 12; i++) foreach (var line in lines) { var regex = new Regex(text + \"$\"); Func<string, bool> f = s => regex.IsMatch(s); if (f(line)) n++; } return n;")]
    [InlineData("var n = 0; lines.ToList().ForEach(line => { if (new Regex(text).IsMatch(line)) n++; }); return n;")]
    [InlineData("return lines.Select(line => 1.5.ToString(new CultureInfo(text))).ToList();")]
    [InlineData("foreach (var line in lines) Console.WriteLine(1.5.ToString(new CultureInfo(text))); return null;")]
    [InlineData("foreach (var line in lines) { if (line == \"#\") return new Regex(text).IsMatch(line); Console.WriteLine(new Regex(text).IsMatch(line)); } return null;")]
    public Task A_pattern_known_at_run_time_throws_when_it_did(string body) => FixesAndRuns(
        Program(body), [[Hostile, "a"], [Hostile, "["], [new string[0], "["], [new string[0], null], [Hostile, null], [Hostile, "(.)"]], expectFix: null);

    [Theory]
    [InlineData("foreach (var line in lines) { Console.WriteLine(new Regex(text).IsMatch(line)); text += \"a\"; } return null;")]
    [InlineData("foreach (var line in lines) { var t = text; Console.WriteLine(new Regex(t).IsMatch(line)); text = line; } return null;")]
    [InlineData("void Change() => text = text + \"b\"; foreach (var line in lines) { Console.WriteLine(new Regex(text).IsMatch(line)); Change(); } return null;")]
    [InlineData("foreach (var line in lines) { var random = new Random(7); Console.WriteLine(random.Next()); } return null;")]
    [InlineData("return new[] { 1.5 }.Select(d => { var culture = new CultureInfo(\"de-DE\"); culture.NumberFormat.NumberDecimalSeparator = text; return d.ToString(culture); }).ToList();")]
    [InlineData("var all = new List<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }; IList<string> other = all; other.Add(text); return all.Count;")]
    [InlineData("var all = new List<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }; foreach (var s in all.Cast<string>()) Console.WriteLine(s); return all.Cast<string>();")]
    [InlineData("try { return new Regex(\"[\").IsMatch(text); } catch (ArgumentException e) { return e.GetType().Name; }")]
    public Task What_differs_is_left_alone(string body) => FixesAndRuns(Program(body), [[Hostile, "a"], [new string[0], ""]], expectFix: null);

    [Fact]
    public Task The_culture_of_the_moment_counts() => FixesAndRuns(Program(
        """
        var found = new List<bool>();
        foreach (var name in new[] { "tr-TR", "en-US", "tr-TR", "" })
        {
            CultureInfo.CurrentCulture = new CultureInfo(name);
            found.Add(IsTitle(text));
            foreach (var line in lines)
                found.Add(new Regex("I$", RegexOptions.IgnoreCase).IsMatch(line));
        }
        return found;
        """,
        members: "static bool IsTitle(string s) => new Regex(\"TITLE\", RegexOptions.IgnoreCase).IsMatch(s);"),
        [[new[] { "i", "ı", "I", "İ", "a", "b", "c", "d", "e" }, "title"], [Hostile, "tıtle"]]);

    [Fact]
    public Task The_culture_may_change_within_the_loop() => FixesAndRuns(Program(
        """
        var found = new List<bool>();
        for (var i = 0; i < 20; i++)
        {
            Set(i);
            found.Add(new Regex("TITLE", RegexOptions.IgnoreCase).IsMatch(text));
        }
        return found;
        """,
        members: "static void Set(int i) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(i % 2 == 0 ? \"tr-TR\" : \"en-US\");"),
        [[Hostile, "title"], [Hostile, "tıtle"]], expectFix: false);

    [Fact]
    public Task Generic_methods_build_one_per_type_argument() => FixesAndRuns(Program(
        "return Name<Order>(lines) + Name<int>(lines);",
        members: """
            static string Name<T>(string[] lines)
            {
                var writer = new StringWriter();
                foreach (var line in lines)
                    new XmlSerializer(typeof(T), new XmlRootAttribute("root")).Serialize(writer, Activator.CreateInstance<T>());
                return writer.ToString();
            }
            """), [Hostile, "a"]);

    [Fact]
    public Task Generic_types_and_partial_parts() => FixesAndRuns(Usings + """
        partial class Box<T>
        {
            private static readonly string Prefix = "^a";
            public bool Fits(string s) => new Regex(Prefix).IsMatch(s) || new Regex(Later).IsMatch(s);
        }
        partial class Box<T>
        {
            private static readonly string Later = "b$";
            public int Count(string[] s) => s.Count(x => new Regex("^a").IsMatch(x));
        }
        class C
        {
            static object Run(string[] lines) => lines.Select(line => new Box<int>().Fits(line) + "" + new Box<string>().Count(lines)).ToList();
        }
        """, [Hostile]);

    [Fact]
    public Task Async_and_await() => FixesAndRuns(Program(
        """
        var n = 0;
        foreach (var line in lines)
        {
            var word = new Regex("a+");
            await Task.Yield();
            n += word.Matches(line).Count;
            await foreach (var c in Characters(line))
                if (new Regex(text).IsMatch(c.ToString())) n++;
        }
        return n;
        """, type: "async Task<int>", members: "static async IAsyncEnumerable<char> Characters(string s) { foreach (var c in s) { await Task.Yield(); yield return c; } }"),
        [Hostile, "a"], [Hostile, "["], [new string[0], "["]);

    [Fact]
    public Task Top_level_statements() => FixesAndRuns(Usings + """
        foreach (var line in new[] { "a", "b", "ab", "c", "d", "e", "f", "g", "h", "i" })
        {
            // A word.
            var regex = new Regex("^a");
            if (regex.IsMatch(line)) Console.WriteLine(line);
        }

        Console.WriteLine(Check("abc"));
        bool Check(string s) => new Regex("b").IsMatch(s);
        Func<string, bool> f = s => { var regex = new Regex("c"); return regex.IsMatch(s); };
        Console.WriteLine(f("abc"));
        """);

    [Fact]
    public Task Parallel_loops() => FixesAndRuns(Program(
        "var n = 0; Parallel.ForEach(lines, line => { if (new Regex(\"a\").IsMatch(line)) Interlocked.Increment(ref n); if (new Regex(text).IsMatch(line)) Interlocked.Increment(ref n); Interlocked.Add(ref n, new Random().Next(1)); }); return n;"),
        [Hostile, "b"]);

    [Fact]
    public Task Interfaces_records_and_extension_methods() => FixesAndRuns(Usings + """
        interface IWord { bool Is(string s) => new Regex("a").IsMatch(s); }
        record Word(string Text) : IWord { public int Count => new Regex("a").Matches(Text).Count; }
        static class Words { public static string Clean(this string s) => new Regex(@"\s+").Replace(s, " "); }
        class C
        {
            static object Run(string[] lines) => lines.Select(line => ((IWord)new Word(line)).Is(line) + "" + new Word(line).Count + line.Clean()).ToList();
        }
        """, [Hostile]);

    [Fact]
    public Task Constructors_accessors_operators_and_indexers() => FixesAndRuns(Usings + """
        class Name
        {
            private readonly string text;
            public Name(string text) { var spaces = new Regex(@"\s+"); this.text = spaces.Replace(text, "_"); }
            public Name(int n) : this(new Regex("1").Replace(n.ToString(), "x")) { }
            public string Text { get => new Regex("a").Replace(text, "b"); }
            public bool this[string s] { get { return new Regex("^x").IsMatch(s); } }
            public static Name operator +(Name a, string b) => new(new Regex("b+").Replace(a.text + b, "c"));
            ~Name() => Console.Write(new Regex("q").IsMatch(text) ? "q" : "");
        }
        class C
        {
            static object Run(string[] lines) => lines.Select(line => (new Name(line) + "bb").Text + new Name(line)[line] + new Name(11).Text).ToList();
        }
        """, [Hostile]);
}
