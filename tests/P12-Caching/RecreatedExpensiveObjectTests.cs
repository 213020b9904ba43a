using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed partial class RecreatedExpensiveObjectTests : RuleTests<RecreatedExpensiveObjectAnalyzer, RecreatedExpensiveObjectFix>
{
    private const string Usings = """
        using System.Buffers;
        using System.Globalization;
        using System.Linq.Expressions;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Security.Cryptography;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.RegularExpressions;
        using System.Xml.Serialization;

        """;

    private const string Types = """

        public class Order { public int Id { get; set; } public string Name { get; set; } = ""; }
        """;

    private static string InMethod(string statements, string members = "") => $$"""
        {{Usings}}
        class C
        {
            {{members}}
            async Task<object?> Method(string[] lines, string text, string[] patterns, Order order, byte[] bytes, Stream stream, int[] numbers, bool flag)
            {
                await Task.Yield();
                {{statements}}
                return null;
            }
        }
        {{Types}}
        """;

    // ---- Per iteration ----

    [Theory]
    [InlineData("foreach (var line in lines) Console.WriteLine([|new Regex(\"^#\")|].IsMatch(line));")]
    [InlineData("for (var i = 0; i < lines.Length; i++) { var regex = [|new Regex(\"^#\", RegexOptions.Compiled)|]; if (regex.IsMatch(lines[i])) return i; }")]
    [InlineData("while ([|new Regex(\"a\")|].IsMatch(text)) text = text.Substring(1);")]
    [InlineData("do { text = [|new Regex(\"a\")|].Replace(text, \"b\", 1); } while (text.Length > 3);")]
    [InlineData("return lines.Where(line => [|new Regex(\"^#\")|].IsMatch(line)).ToList();")]
    [InlineData("lines.ToList().ForEach(line => { Regex regex = [|new(\"^#\")|]; Console.WriteLine(regex.IsMatch(line)); });")]
    [InlineData("Parallel.ForEach(lines, line => Console.WriteLine([|new Regex(\"^#\")|].IsMatch(line)));")]
    [InlineData("foreach (var line in lines) Console.WriteLine([|new Regex(text)|].IsMatch(line));")]
    [InlineData("foreach (var line in lines) Console.WriteLine([|new Regex(text + \"$\", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))|].IsMatch(line));")]
    [InlineData("foreach (var line in lines) Console.WriteLine(numbers.Length.ToString([|new CultureInfo(\"en-US\")|]));")]
    [InlineData("foreach (var line in lines) Console.WriteLine(numbers.Length.ToString([|new CultureInfo(text)|]));")]
    [InlineData("foreach (var line in lines) Console.WriteLine([|new Random()|].Next());")]
    [InlineData("return lines.OrderBy(line => [|new Random()|].Next()).ToList();")]
    [InlineData("foreach (var line in lines) { Expression<Func<string, bool>> e = s => s.Length > 3; Console.WriteLine([|e.Compile()|](line)); }")]
    [InlineData("Expression<Func<string, bool>> e = s => s.Length > flag.ToString().Length; foreach (var line in lines) Console.WriteLine([|e.Compile()|](line));")]
    [InlineData("foreach (var line in lines) { var options = [|new JsonSerializerOptions { WriteIndented = true }|]; Console.WriteLine(JsonSerializer.Serialize(line, options)); }")]
    [InlineData("foreach (var line in lines) { using var client = [|new HttpClient()|]; Console.WriteLine(await client.GetStringAsync(line)); }")]
    [InlineData("foreach (var line in lines) Console.WriteLine(line.AsSpan().IndexOfAny([|SearchValues.Create(\"abc\")|]));")]
    [InlineData("foreach (var line in lines) Console.WriteLine(string.Format(null, [|CompositeFormat.Parse(\"{0}\")|], line));")]
    [InlineData("foreach (var line in lines) { var known = [|new HashSet<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }|]; Console.WriteLine(known.Contains(line.Length)); }")]
    public Task Built_in_every_iteration(string statement) => ReportsWarning(InMethod(statement));

    [Fact]
    public Task The_message_names_the_object_the_loop_and_the_cost() => Reports(
        InMethod("foreach (var line in lines) Console.WriteLine([|new Regex(\"^#\")|].IsMatch(line));"),
        severity: DiagnosticSeverity.Warning,
        message: "'new Regex(\"^#\")' is built again in every iteration of the loop over 'lines': its pattern is parsed again each time. Build it once and keep it in a static readonly field");

    [Fact]
    public Task The_message_names_the_method() => Reports(
        Usings + "class C { bool IsWord(string text) => [|new Regex(\"^\\\\w+$\")|].IsMatch(text); }",
        severity: DiagnosticSeverity.Info,
        message: "'new Regex(\"^\\\\w+$\")' is built again on every call of 'IsWord': its pattern is parsed again each time. Build it once and keep it in a static readonly field");

    [Fact]
    public Task Wherever_the_statement_stands() => ReportsEverywhere(
        "foreach (var line in lines) Note([|new System.Text.RegularExpressions.Regex(\"^#\")|].IsMatch(line));",
        "static string[] lines = [\"a\", \"b\"]; static void Note(bool value) { }");

    [Theory]
    [InlineData("foreach (var line in lines) { var sha = [|SHA256.Create()|]; Console.WriteLine(sha.ComputeHash(bytes)); }")]
    [InlineData("foreach (var line in lines) Console.WriteLine([|new XmlSerializer(typeof(Order))|].Deserialize(stream));")]
    public Task Cheaper_ones_are_a_hint_even_in_a_loop(string statement) => ReportsInfo(InMethod(statement));

    // ---- Per call ----

    [Theory]
    [InlineData("return [|new Regex(\"^#\")|].IsMatch(text);")]
    [InlineData("return [|new Regex(@\"\\s+\", RegexOptions.Compiled | RegexOptions.CultureInvariant)|].Replace(text, \" \");")]
    [InlineData("var regex = [|new Regex(\"^#\")|]; foreach (var line in lines) Console.WriteLine(regex.IsMatch(line));")]
    [InlineData("const string pattern = \"^#\"; var regex = [|new Regex(pattern)|]; return regex.Matches(text).Count;")]
    [InlineData("var pattern = \"^#\"; return [|new Regex(pattern)|].Split(text);")]
    [InlineData("foreach (Match match in [|new Regex(\"a+\")|].Matches(text)) Console.WriteLine(match.Value);")]
    [InlineData("foreach (var line in lines) { if ([|new Regex(\"a\")|].IsMatch(line)) break; return 1; }")]
    [InlineData("return Array.FindAll(lines, [|new Regex(\"^#\")|].IsMatch);")]
    [InlineData("return lines.Select(line => line.Length).First(n => n > 3) > 1 ? [|new Regex(\"a\")|].Match(text).Value : null;")]
    [InlineData("var regex = flag ? [|new Regex(\"a\")|] : [|new Regex(\"b\")|]; return regex.IsMatch(text);")]
    [InlineData("Regex regex; if (flag) regex = [|new Regex(\"a\")|]; else regex = [|new Regex(\"b\")|]; return regex.IsMatch(text);")]
    [InlineData("return Check(text, [|new Regex(\"a\")|]);")]
    [InlineData("bool Local(string s) => [|new Regex(\"a\")|].IsMatch(s); return Local(text);")]
    [InlineData("Func<string, bool> f = s => [|new Regex(\"a\")|].IsMatch(s); return f;")]
    [InlineData("return 1.5.ToString(\"N\", [|new CultureInfo(\"de-DE\")|]);")]
    [InlineData("return decimal.Parse(text, NumberStyles.Any, [|new CultureInfo(\"de-DE\", false)|]);")]
    [InlineData("return string.Format([|CultureInfo.CreateSpecificCulture(\"en\")|], \"{0}\", text);")]
    [InlineData("var culture = [|new CultureInfo(\"en-US\")|]; return culture.TextInfo.ToTitleCase(text) + culture.NumberFormat.CurrencySymbol;")]
    [InlineData("var names = [|new CultureInfo(\"en-US\")|].DateTimeFormat; return names.GetMonthName(1);")]
    [InlineData("return [|new Random()|].Next(10);")]
    [InlineData("var random = [|new Random()|]; foreach (var n in numbers) Console.WriteLine(random.Next(n));")]
    [InlineData("return JsonSerializer.Serialize(order, [|new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true }|]);")]
    [InlineData("var options = [|new JsonSerializerOptions(JsonSerializerDefaults.Web)|]; return JsonSerializer.Deserialize<Order>(text, options);")]
    [InlineData("var options = [|new JsonSerializerOptions { Converters = { new JsonStringEnumConverter() } }|]; return JsonSerializer.Serialize(order, options);")]
    [InlineData("var options = [|new JsonSerializerOptions { PropertyNameCaseInsensitive = true }|]; return await JsonSerializer.DeserializeAsync<Order>(stream, options);")]
    [InlineData("Expression<Func<int, int>> twice = x => x * 2; return [|twice.Compile()|](4);")]
    [InlineData("return numbers.Where([|((Expression<Func<int, bool>>)(x => x > 2)).Compile()|]).ToList();")]
    [InlineData("return text.AsSpan().IndexOfAny([|SearchValues.Create(\"aeiou\")|]);")]
    [InlineData("return text.AsSpan().ContainsAny([|SearchValues.Create(['a', 'b', 'c'])|]);")]
    [InlineData("return string.Format(CultureInfo.InvariantCulture, [|CompositeFormat.Parse(\"{0:N2} of {1}\")|], numbers.Length, text);")]
    [InlineData("using var sha = [|SHA256.Create()|]; return sha.ComputeHash(bytes);")]
    [InlineData("return [|MD5.Create()|].ComputeHash(bytes);")]
    [InlineData("var known = [|new HashSet<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }|]; return known.Contains(text);")]
    [InlineData("return [|new List<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }|].IndexOf(text);")]
    [InlineData("List<int> known = [|[1, 2, 3, 4, 5, 6, 7, 8, 9]|]; return numbers.Count(n => known.Contains(n));")]
    [InlineData("var map = [|new Dictionary<string, int> { [\"a\"] = 1, [\"b\"] = 2, [\"c\"] = 3, [\"d\"] = 4, [\"e\"] = 5, [\"f\"] = 6, [\"g\"] = 7, [\"h\"] = 8, [\"i\"] = 9 }|]; return map.TryGetValue(text, out var value) ? value : map[\"a\"];")]
    [InlineData("var map = [|new Dictionary<char, string>(9) { { 'a', \"1\" }, { 'b', \"2\" }, { 'c', \"3\" }, { 'd', \"4\" }, { 'e', \"5\" }, { 'f', \"6\" }, { 'g', \"7\" }, { 'h', \"8\" }, { 'i', \"9\" } }|]; foreach (var pair in map) text = text.Replace(pair.Key.ToString(), pair.Value); return text;")]
    [InlineData("var known = [|new HashSet<string>(new[] { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }, StringComparer.OrdinalIgnoreCase)|]; return known.Contains(text);")]
    [InlineData("var known = [|new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }.ToHashSet()|]; return numbers.Where(n => known.Contains(n)).ToList();")]
    [InlineData("IEnumerable<int> known = [|new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }|]; return numbers.Except(known).ToList();")]
    [InlineData("var client = new object(); var culture = [|new CultureInfo(1033)|]; return string.Compare(text, \"a\", culture, CompareOptions.IgnoreCase);")]
    public Task Built_on_every_call(string statements) => ReportsInfo(InMethod(statements, "static bool Check(string s, Regex regex) => regex.IsMatch(s);"));

    [Theory]
    [InlineData("using var client = [|new HttpClient()|]; return await client.GetStringAsync(text);")]
    [InlineData("var client = [|new HttpClient { Timeout = TimeSpan.FromSeconds(5), BaseAddress = new Uri(\"https://example.org\") }|]; return await client.GetStringAsync(text);")]
    [InlineData("using (var client = [|new HttpClient()|]) { return await client.PostAsync(text, null); }")]
    [InlineData("return await [|new HttpClient()|].GetStringAsync(text);")]
    [InlineData("return await [|new HttpClient()|].GetFromJsonAsync<Order>(text);")]
    [InlineData("using var client = [|new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })|]; return await client.GetAsync(text);")]
    [InlineData("return [|new XmlSerializer(typeof(Order), new XmlRootAttribute(\"order\"))|].Deserialize(stream);")]
    [InlineData("var serializer = [|new XmlSerializer(typeof(object), new[] { typeof(Order), typeof(string) })|]; serializer.Serialize(stream, order);")]
    public Task Clients_and_leaking_serializers_are_a_warning_per_call(string statements) => ReportsWarning(InMethod(statements));

    // ---- Silent ----

    [Theory]
    [InlineData("return Regex.IsMatch(text, \"^#\");")]
    [InlineData("foreach (var line in lines) Console.WriteLine(Regex.IsMatch(line, text));")]
    public Task The_framework_caches_the_patterns_of_static_methods(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("return new Regex(text).IsMatch(text);")]
    [InlineData("foreach (var line in lines) Console.WriteLine(new Regex(line).IsMatch(text));")]
    [InlineData("foreach (var line in lines) { text += \"a\"; Console.WriteLine(new Regex(text).IsMatch(line)); }")]
    [InlineData("return patterns.Any(pattern => new Regex(pattern).IsMatch(text));")]
    [InlineData("foreach (Match match in new Regex(text).Matches(text)) Console.WriteLine(match);")]
    [InlineData("return new Regex(\"a\", flag ? RegexOptions.IgnoreCase : RegexOptions.None).IsMatch(text);")]
    [InlineData("foreach (var n in numbers) Console.WriteLine(new Regex($\"a{n}\").IsMatch(text));")]
    [InlineData("return text.ToUpper(new CultureInfo(text));")]
    [InlineData("return new XmlSerializer(typeof(Order), new XmlRootAttribute(text)).Deserialize(stream);")]
    [InlineData("return new XmlSerializer(order.GetType(), new[] { order.GetType() }).Deserialize(stream);")]
    [InlineData("return JsonSerializer.Serialize(order, new JsonSerializerOptions { WriteIndented = flag });")]
    [InlineData("using var client = new HttpClient { BaseAddress = new Uri(text) }; return await client.GetStringAsync(\"\");")]
    [InlineData("return text.AsSpan().IndexOfAny(SearchValues.Create(text));")]
    [InlineData("Expression<Func<int, bool>> e = x => x > text.Length; return e.Compile()(3);")]
    [InlineData("var map = new Dictionary<string, int> { [\"a\"] = numbers[0], [\"b\"] = 2, [\"c\"] = 3, [\"d\"] = 4, [\"e\"] = 5, [\"f\"] = 6, [\"g\"] = 7, [\"h\"] = 8, [\"i\"] = 9 }; return map[text];")]
    public Task Arguments_that_vary(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("var culture = new CultureInfo(\"en-US\"); culture.NumberFormat.NumberDecimalSeparator = \",\"; return 1.5.ToString(culture);")]
    [InlineData("var culture = new CultureInfo(\"en-US\") { NumberFormat = { CurrencySymbol = text } }; return 1.5.ToString(culture);")]
    [InlineData("var format = new CultureInfo(\"en-US\").NumberFormat; format.CurrencySymbol = \"x\"; return 1.5.ToString(format);")]
    [InlineData("var options = new JsonSerializerOptions(); options.WriteIndented = true; return JsonSerializer.Serialize(order, options);")]
    [InlineData("var options = new JsonSerializerOptions(); options.Converters.Add(new JsonStringEnumConverter()); return JsonSerializer.Serialize(order, options);")]
    [InlineData("var client = new HttpClient(); client.Timeout = TimeSpan.FromSeconds(1); return await client.GetStringAsync(text);")]
    [InlineData("var client = new HttpClient(); client.DefaultRequestHeaders.Add(\"a\", text); return await client.GetStringAsync(text);")]
    [InlineData("var serializer = new XmlSerializer(typeof(Order), new XmlRootAttribute(\"o\")); serializer.UnknownNode += (_, _) => { }; return serializer.Deserialize(stream);")]
    [InlineData("var known = new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; known.Add(text.Length); return known.Contains(3);")]
    [InlineData("var known = new HashSet<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; foreach (var n in numbers) known.Remove(n); return known.Count;")]
    [InlineData("var map = new Dictionary<int, int> { [1] = 1, [2] = 1, [3] = 1, [4] = 1, [5] = 1, [6] = 1, [7] = 1, [8] = 1, [9] = 1 }; map[text.Length]++; return map[1];")]
    [InlineData("var regex = new Regex(\"a\"); regex = new Regex(text); ref var r = ref regex; return r.IsMatch(text);")]
    [InlineData("var map = new Dictionary<int, int[]> { [1] = new[] { 1 }, [2] = new[] { 1 }, [3] = new[] { 1 }, [4] = new[] { 1 }, [5] = new[] { 1 }, [6] = new[] { 1 }, [7] = new[] { 1 }, [8] = new[] { 1 }, [9] = new[] { 1 } }; map[1][0]++; return map[1][0];")]
    [InlineData("IList<int> known = new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; ((List<int>)known).Add(1); return known.Contains(3);")]
    [InlineData("var known = new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; Action add = () => known.Add(1); add(); return known.Contains(3);")]
    [InlineData("var known = new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; known[^1] = 3; return known[^1];")]
    [InlineData("var known = new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; known.Sort(); return known.BinarySearch(3);")]
    public Task Changed_after_it_was_built(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("return new Regex(\"a\");")]
    [InlineData("var regex = new Regex(\"a\"); Console.WriteLine(regex.IsMatch(text)); return regex;")]
    [InlineData("regexField = new Regex(\"a\"); return regexField.IsMatch(text);")]
    [InlineData("regexField ??= new Regex(\"a\"); return regexField.IsMatch(text);")]
    [InlineData("if (regexField == null) regexField = new Regex(\"a\"); return regexField.IsMatch(text);")]
    [InlineData("Regex? regex = null; foreach (var line in lines) { regex ??= new Regex(\"a\"); Console.WriteLine(regex.IsMatch(line)); }")]
    [InlineData("Regex? regex = null; foreach (var line in lines) { if (regex is null) regex = new Regex(\"a\"); Console.WriteLine(regex.IsMatch(line)); }")]
    [InlineData("return new { Regex = new Regex(\"a\") };")]
    [InlineData("return new[] { new Regex(\"a\"), new Regex(\"b\") };")]
    [InlineData("List<Regex> all = [new Regex(\"a\")]; return all;")]
    [InlineData("var all = new List<Regex>(); all.Add(new Regex(\"a\")); return all;")]
    [InlineData("return new Lazy<Regex>(() => new Regex(\"a\"));")]
    [InlineData("return new Lazy<bool>(() => new Regex(\"a\").IsMatch(text));")]
    [InlineData("var cache = new System.Collections.Concurrent.ConcurrentDictionary<string, Regex>(); return cache.GetOrAdd(text, _ => new Regex(\"a\"));")]
    [InlineData("Thread.CurrentThread.CurrentCulture = new CultureInfo(\"en-US\");")]
    [InlineData("CultureInfo.CurrentCulture = new CultureInfo(\"en-US\");")]
    [InlineData("Keep(new Regex(\"a\"));")]
    [InlineData("Keep(new HttpClient());")]
    [InlineData("return new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 };")]
    [InlineData("IReadOnlyList<int> all = new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; return all;")]
    [InlineData("Unknown(new List<int> { 1, 2, 3, 4, 5, 6, 7, 8, 9 });")]
    [InlineData("_ = new Regex(\"a\");")]
    public Task Kept_or_handed_out(string statements) => Reports(InMethod(statements, """
        Regex? regexField; object? kept;
        void Keep(object o) => kept = o;
        void Unknown(List<int> list) => list.Sort();
        """));

    [Theory]
    [InlineData("static readonly Regex Words = new Regex(\"a\");")]
    [InlineData("readonly Regex words = new Regex(\"a\");")]
    [InlineData("static readonly bool Yes = new Regex(\"a\").IsMatch(\"a\");")]
    [InlineData("bool yes = new Regex(\"a\").IsMatch(\"a\");")]
    [InlineData("static Regex Words { get; } = new Regex(\"a\");")]
    [InlineData("static bool yes; static C() { yes = new Regex(\"a\").IsMatch(\"a\"); }")]
    [InlineData("readonly Regex words; C() { words = new Regex(\"a\"); }")]
    [InlineData("readonly Regex words; C() => words = new Regex(\"a\");")]
    [InlineData("static Regex Create() => new Regex(\"a\");")]
    [InlineData("Regex Words => new Regex(\"a\");")]
    [InlineData("Regex? words; Regex Words => words ??= new Regex(\"a\");")]
    [InlineData("static readonly Lazy<Regex> Words = new(() => new Regex(\"a\"));")]
    [InlineData("static void Main(string[] args) { Console.WriteLine(new Regex(\"a\").IsMatch(args[0])); }")]
    [InlineData("static async Task Main(string[] args) { using var client = new HttpClient(); Console.WriteLine(await client.GetStringAsync(args[0])); }")]
    [InlineData("static void M(string s) { try { } catch (Exception) { Console.WriteLine(new Regex(\"a\").IsMatch(s)); } }")]
    [InlineData("static void M(string s) { throw new Exception(new Regex(\"a\").Replace(s, \"\")); }")]
    [InlineData("IEnumerable<Regex> All() { yield return new Regex(\"a\"); }")]
    public Task Built_once(string member) => Reports(Usings + "class C { " + member + " }");

    [Fact]
    public Task Top_level_statements_run_once() => Reports(Usings + """
        var regex = new Regex("a");
        Console.WriteLine(regex.IsMatch(args[0]) || new Regex("b").IsMatch(args[0]));
        using var client = new HttpClient();
        Console.WriteLine(await client.GetStringAsync(args[0]));
        """);

    [Fact]
    public Task A_loop_in_main_repeats() => ReportsWarning(Usings + """
        class Program
        {
            static void Main(string[] args)
            {
                foreach (var arg in args)
                    Console.WriteLine([|new Regex("a")|].IsMatch(arg));
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var line in lines) Console.WriteLine(new Random(42).Next());")]
    [InlineData("return new Random(numbers[0]).Next();")]
    public Task A_seeded_random_gives_the_same_numbers_each_time(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("return new XmlSerializer(typeof(Order)).Deserialize(stream);")]
    [InlineData("return new XmlSerializer(typeof(Order), \"urn:orders\").Deserialize(stream);")]
    public Task The_framework_caches_plain_serializers(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("return new List<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\" }.Contains(text);")]
    [InlineData("var all = new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }; return all.Contains(text.Length);")]
    [InlineData("var all = new List<int>(); return all.Contains(text.Length);")]
    public Task Small_literals_and_arrays(string statements) => Reports(InMethod(statements));

    [Fact]
    public Task How_small_is_an_option() => Reports(
        InMethod("return [|new List<int> { 1, 2, 3 }|].Contains(text.Length);"), Target.Net100.Option("hotpath.small_loop = 2"));

    [Fact]
    public Task A_known_small_loop_repeats_too_little_for_a_warning() => ReportsInfo(InMethod(
        "for (var i = 0; i < 3; i++) Console.WriteLine([|new Regex(\"a\")|].IsMatch(text));"));

    [Fact]
    public Task An_expression_tree_is_no_call() => Reports(InMethod(
        "IQueryable<string> query = lines.AsQueryable(); return query.Where(line => new Regex(\"a\").IsMatch(line));"));

    [Fact]
    public Task Broken_code_gives_nothing() => Reports(
        Usings + "class C { bool M(string s) => new Regex({|CS0103:missing|}).IsMatch(s); bool N(string s) => new Regex(\"a\").{|CS1061:Missing|}(s); }");

    [Fact]
    public Task Tests_are_quieter_on_request() => Reports(
        Usings + """
        class FactAttribute : Attribute { }
        class C { [Fact] void M() { Console.WriteLine(new Regex("a").IsMatch("b")); } }
        """,
        Target.Net100.Option("hotpath.test_code = none"));

    // ---- The SDK's twins ----

    [Fact]
    public Task Silent_where_CA1869_is_on() => Reports(
        InMethod("return JsonSerializer.Serialize(order, new JsonSerializerOptions { WriteIndented = true });"),
        Target.Net100.Option("dotnet_diagnostic.CA1869.severity = suggestion"));

    [Fact]
    public Task Loud_where_CA1869_is_off() => Reports(
        InMethod("return JsonSerializer.Serialize(order, [|new JsonSerializerOptions { WriteIndented = true }|]);"),
        Target.Net100.Option("dotnet_diagnostic.CA1869.severity = silent"));

    [Fact]
    public Task Silent_where_CA1850_is_on() => Reports(
        InMethod("using var sha = SHA256.Create(); return sha.ComputeHash(bytes);"),
        Target.Net100.Option("dotnet_diagnostic.CA1850.severity = warning"));

    [Fact]
    public Task Older_frameworks_hash_with_an_object() => Reports(
        "using System; using System.Security.Cryptography; class C { byte[] M(byte[] b) { using (var sha = SHA256.Create()) return sha.ComputeHash(b); } }", Target.NetStandard20.Oblivious);
}
