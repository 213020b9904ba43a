namespace HotPath.Tests;

public sealed partial class RecreatedExpensiveObjectTests
{
    [Fact]
    public Task A_field_named_after_the_member() => Fixes(
        """
        using System.Text.RegularExpressions;

        class Orders
        {
            public bool IsOrderNumber(string text) => [|new Regex("^[0-9]{5}$")|].IsMatch(text);
        }
        """,
        """
        using System.Text.RegularExpressions;

        class Orders
        {
            private static readonly Regex OrderNumberRegex = new Regex("^[0-9]{5}$");

            public bool IsOrderNumber(string text) => OrderNumberRegex.IsMatch(text);
        }
        """);

    [Fact]
    public Task A_local_becomes_a_field_of_its_name() => Fixes(
        """
        using System.Text.RegularExpressions;

        class Orders
        {
            private readonly List<string> found = [];
            private int count;

            public int Count(string[] lines)
            {
                // An order line starts with its number.
                var orderLine = [|new Regex("^[0-9]{5}", RegexOptions.Compiled)|]; // five digits

                var count = 0;
                foreach (var line in lines)
                {
                    if (orderLine.IsMatch(line))
                        count++;
                }

                return count;
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class Orders
        {
            private readonly List<string> found = [];
            private int count;
            // An order line starts with its number.
            // five digits
            private static readonly Regex OrderLine = new Regex("^[0-9]{5}", RegexOptions.Compiled);

            public int Count(string[] lines)
            {
                var count = 0;
                foreach (var line in lines)
                {
                    if (OrderLine.IsMatch(line))
                        count++;
                }

                return count;
            }
        }
        """);

    [Fact]
    public Task A_local_in_a_loop() => Fixes(
        """
        using System.Text.RegularExpressions;

        static class C
        {
            private static readonly string s_prefix = "x";

            public static void M(string[] lines)
            {
                foreach (var line in lines)
                {
                    Regex regex = [|new("^#")|];
                    Console.WriteLine(regex.IsMatch(line) + s_prefix);
                }
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        static class C
        {
            private static readonly string s_prefix = "x";
            private static readonly Regex s_sharedRegex = new("^#");

            public static void M(string[] lines)
            {
                foreach (var line in lines)
                {
                    Console.WriteLine(s_sharedRegex.IsMatch(line) + s_prefix);
                }
            }
        }
        """);

    [Fact]
    public Task Constant_locals_move_into_the_field() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            public bool IsWord(string text)
            {
                const string letter = "[abc]";
                var pattern = "^" + letter + "+$";
                var word = [|new Regex(pattern)|];
                return word.IsMatch(text);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex Word = new Regex("^" + "[abc]" + "+$");

            public bool IsWord(string text)
            {
                return Word.IsMatch(text);
            }
        }
        """);

    [Fact]
    public Task A_constant_local_that_is_used_elsewhere_stays() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            public bool IsWord(string text)
            {
                const string pattern = "^[abc]+$";
                if (![|new Regex(pattern)|].IsMatch(text))
                    Console.WriteLine(pattern);
                return true;
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex WordRegex = new Regex("^[abc]+$");

            public bool IsWord(string text)
            {
                const string pattern = "^[abc]+$";
                if (!WordRegex.IsMatch(text))
                    Console.WriteLine(pattern);
                return true;
            }
        }
        """);

    [Fact]
    public Task The_same_expression_twice_shares_one_field() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            public bool IsComment(string line) => [|new Regex("^#")|].IsMatch(line);

            public string Strip(string line) => [|new Regex("^#")|].Replace(line, "") + [|new Regex("$#")|].Replace(line, "");
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex CommentRegex = new Regex("^#");
            private static readonly Regex StripRegex = new Regex("$#");

            public bool IsComment(string line) => CommentRegex.IsMatch(line);

            public string Strip(string line) => CommentRegex.Replace(line, "") + StripRegex.Replace(line, "");
        }
        """);

    [Fact]
    public Task Names_in_use_are_left_alone() => Fixes(
        """
        using System.Text.RegularExpressions;

        class Base { protected static int WordRegex; }

        class C : Base
        {
            public bool IsWord(string WordRegex2) => [|new Regex("a")|].IsMatch(WordRegex2);
        }
        """,
        """
        using System.Text.RegularExpressions;

        class Base { protected static int WordRegex; }

        class C : Base
        {
            private static readonly Regex WordRegex3 = new Regex("a");

            public bool IsWord(string WordRegex2) => WordRegex3.IsMatch(WordRegex2);
        }
        """);

    [Fact]
    public Task A_type_without_another_member_and_a_nested_one() => Fixes(
        """
        using System.Text.RegularExpressions;

        struct Outer<T>
        {
            record struct Inner(string Text)
            {
                public bool IsWord => [|new Regex("a")|].IsMatch(Text);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        struct Outer<T>
        {
            record struct Inner(string Text)
            {
                private static readonly Regex WordRegex = new Regex("a");

                public bool IsWord => WordRegex.IsMatch(Text);
            }
        }
        """);

    [Fact]
    public Task A_literal_of_several_lines() => Fixes(
        """
        class C
        {
            private readonly int field;

            public bool IsKeyword(string text)
            {
                var keywords = [|new HashSet<string>(StringComparer.Ordinal)
                {
                    "if", "else", // branches
                    "for", "while", "do",
                    "try", "catch", "finally",
                    "goto",
                }|];

                return keywords.Contains(text);
            }
        }
        """,
        """
        class C
        {
            private readonly int field;
            private static readonly HashSet<string> Keywords = new HashSet<string>(StringComparer.Ordinal)
            {
                "if", "else", // branches
                "for", "while", "do",
                "try", "catch", "finally",
                "goto",
            };

            public bool IsKeyword(string text)
            {
                return Keywords.Contains(text);
            }
        }
        """);

    [Fact]
    public Task A_collection_expression_keeps_the_type_of_its_local() => Fixes(
        """
        class C
        {
            public int Count(int[] numbers)
            {
                List<int> primes = [|[2, 3, 5, 7, 11, 13, 17, 19, 23]|];
                return numbers.Count(n => primes.Contains(n));
            }

            public int Sum(int[] numbers)
            {
                IReadOnlyList<int> squares = [|new List<int> { 1, 4, 9, 16, 25, 36, 49, 64, 81 }|];
                return numbers.Count(n => squares.Contains(n)) + squares.Count;
            }
        }
        """,
        """
        class C
        {
            private static readonly List<int> Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23];
            private static readonly IReadOnlyList<int> Squares = new List<int> { 1, 4, 9, 16, 25, 36, 49, 64, 81 };

            public int Count(int[] numbers)
            {
                return numbers.Count(n => Primes.Contains(n));
            }

            public int Sum(int[] numbers)
            {
                return numbers.Count(n => Squares.Contains(n)) + Squares.Count;
            }
        }
        """);

    [Fact]
    public Task Top_level_statements_get_a_local() => Fixes(
        """
        using System.Text.RegularExpressions;

        foreach (var arg in args)
        {
            var regex = [|new Regex("^#")|];
            Console.WriteLine(regex.IsMatch(arg));
        }

        foreach (var arg in args)
            Console.WriteLine([|new Regex("a")|].IsMatch(arg));
        """,
        """
        using System.Text.RegularExpressions;

        var regex = new Regex("^#");
        foreach (var arg in args)
        {
            Console.WriteLine(regex.IsMatch(arg));
        }

        var regex2 = new Regex("a");
        foreach (var arg in args)
            Console.WriteLine(regex2.IsMatch(arg));
        """);

    [Fact]
    public Task A_pattern_known_at_run_time_is_parsed_on_first_use() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            static int Count(string[] lines, string pattern)
            {
                var count = 0;
                foreach (var line in lines)
                {
                    if ([|new Regex(pattern)|].IsMatch(line))
                        count++;
                }

                return count;
            }

            static int Other(string[] lines, string pattern)
            {
                var count = 0;
                foreach (var line in lines)
                {
                    // One per line.
                    var regex = [|new Regex(pattern, RegexOptions.IgnoreCase)|];
                    if (regex.IsMatch(line))
                        count++;
                }

                return count;
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            static int Count(string[] lines, string pattern)
            {
                var count = 0;
                Regex? regex = null;
                foreach (var line in lines)
                {
                    if ((regex ??= new Regex(pattern)).IsMatch(line))
                        count++;
                }

                return count;
            }

            static int Other(string[] lines, string pattern)
            {
                var count = 0;
                Regex? regex = null;
                foreach (var line in lines)
                {
                    // One per line.
                    regex ??= new Regex(pattern, RegexOptions.IgnoreCase);
                    if (regex.IsMatch(line))
                        count++;
                }

                return count;
            }
        }
        """);

    [Fact]
    public Task A_regex_that_ignores_case_is_built_before_the_loop() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            static void M(string[] lines)
            {
                foreach (var line in lines)
                {
                    if (line != "")
                        Console.WriteLine([|new Regex("title", RegexOptions.IgnoreCase)|].IsMatch(line));
                }
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            static void M(string[] lines)
            {
                var regex = [|new Regex("title", RegexOptions.IgnoreCase)|];
                foreach (var line in lines)
                {
                    if (line != "")
                        Console.WriteLine(regex.IsMatch(line));
                }
            }
        }
        """);

    [Fact]
    public Task A_cached_regex_that_ignores_case_freezes_the_culture() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            static bool IsTitle(string line) => [|new Regex("title", RegexOptions.IgnoreCase)|].IsMatch(line);
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex TitleRegex = new Regex("title", RegexOptions.IgnoreCase);

            static bool IsTitle(string line) => TitleRegex.IsMatch(line);
        }
        """,
        changes: true);

    [Theory]
    [InlineData("\"title\", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant")]
    [InlineData("\"<br\\\\s*/?>\", RegexOptions.IgnoreCase")]
    [InlineData("\"(?m)^abc$\"")]
    public Task Where_culture_cannot_matter_the_field_is_safe(string arguments) => Fixes(
        $$"""
        using System.Text.RegularExpressions;

        class C
        {
            static bool IsTitle(string line) => [|new Regex({{arguments}})|].IsMatch(line);
        }
        """,
        $$"""
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex TitleRegex = new Regex({{arguments}});

            static bool IsTitle(string line) => TitleRegex.IsMatch(line);
        }
        """);

    [Theory]
    [InlineData("\"title\", RegexOptions.IgnoreCase")]
    [InlineData("\"(?i)title\"")]
    [InlineData("\"(?m-s:a)(?mi:[a-z])\"")]
    [InlineData("\"\\\\u0069\", RegexOptions.IgnoreCase")]
    public Task Where_culture_matters_the_fix_says_so(string arguments) => FixAllLeaves(
        Usings + $"class C {{ static bool IsTitle(string line) => [|new Regex({arguments})|].IsMatch(line); }}");

    [Fact]
    public Task Random_is_shared() => Fixes(
        """
        class C
        {
            static int Roll() => [|new Random()|].Next(1, 7);

            static int[] Rolls(int n)
            {
                var random = [|new Random()|];
                var rolls = new int[n];
                for (var i = 0; i < n; i++)
                    rolls[i] = random.Next(1, 7);
                return rolls;
            }

            static int Other(bool flag)
            {
                Random one = flag ? [|new()|] : [|new Random()|];
                return one.Next() + nameof(one).Length;
            }
        }
        """,
        """
        class C
        {
            static int Roll() => Random.Shared.Next(1, 7);

            static int[] Rolls(int n)
            {
                var rolls = new int[n];
                for (var i = 0; i < n; i++)
                    rolls[i] = Random.Shared.Next(1, 7);
                return rolls;
            }

            static int Other(bool flag)
            {
                Random one = flag ? Random.Shared : Random.Shared;
                return one.Next() + nameof(one).Length;
            }
        }
        """);

    [Fact]
    public Task Random_has_no_fix_per_call_before_it_was_shared() => HasNoFix(
        "using System; class C { static int Roll() { return [|new Random()|].Next(1, 7); } }", Target.Net472.Oblivious);

    [Fact]
    public Task A_culture_is_kept() => Fixes(
        """
        using System.Globalization;

        class C
        {
            static string Show(decimal amount) => amount.ToString("C", [|new CultureInfo("de-DE")|]);
        }
        """,
        """
        using System.Globalization;

        class C
        {
            private static readonly CultureInfo DeDECulture = new CultureInfo("de-DE");

            static string Show(decimal amount) => amount.ToString("C", DeDECulture);
        }
        """);

    [Fact]
    public Task Or_the_cached_culture_is_taken() => Fixes(
        """
        using System.Globalization;

        class C
        {
            static string Show(decimal amount)
            {
                var german = [|new CultureInfo("de-DE")|];
                return amount.ToString("C", german);
            }
        }
        """,
        """
        using System.Globalization;

        class C
        {
            static string Show(decimal amount)
            {
                return amount.ToString("C", CultureInfo.GetCultureInfo("de-DE"));
            }
        }
        """,
        changes: true);

    [Fact]
    public Task A_client_is_shared() => Fixes(
        """
        using System.Net.Http;

        class C
        {
            async Task<string> Load(string url)
            {
                using var client = [|new HttpClient { Timeout = TimeSpan.FromSeconds(5) }|];
                return await client.GetStringAsync(url);
            }
        }
        """,
        """
        using System.Net.Http;

        class C
        {
            private static readonly HttpClient Client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };

            async Task<string> Load(string url)
            {
                return await Client.GetStringAsync(url);
            }
        }
        """,
        changes: true);

    [Fact]
    public Task A_client_loses_its_using_statement() => Fixes(
        """
        using System.Net.Http;

        class C
        {
            async Task<string> Load(string url)
            {
                using (var http = [|new HttpClient()|])
                {
                    var first = await http.GetStringAsync(url);
                    return first + await http.GetStringAsync(url + "/2");
                }
            }

            async Task<string> Both(string url)
            {
                using (var http = [|new HttpClient()|])
                using (var response = await http.GetAsync(url))
                {
                    return await response.Content.ReadAsStringAsync();
                }
            }

            async Task<string> Disposed(string url)
            {
                var http = [|new HttpClient()|];
                var text = await http.GetStringAsync(url);
                http.Dispose();
                return text;
            }
        }
        """,
        """
        using System.Net.Http;

        class C
        {
            private static readonly HttpClient Http = new HttpClient();

            async Task<string> Load(string url)
            {
                var first = await Http.GetStringAsync(url);
                return first + await Http.GetStringAsync(url + "/2");
            }

            async Task<string> Both(string url)
            {
                using (var response = await Http.GetAsync(url))
                {
                    return await response.Content.ReadAsStringAsync();
                }
            }

            async Task<string> Disposed(string url)
            {
                var text = await Http.GetStringAsync(url);
                return text;
            }
        }
        """,
        changes: true);

    [Fact]
    public Task A_serializer_is_kept() => Fixes(
        """
        using System.Xml.Serialization;

        public class Order { public int Id { get; set; } public List<string> Lines { get; set; } = []; }

        class C
        {
            static Order? Read(Stream stream)
            {
                var serializer = [|new XmlSerializer(typeof(Order), new XmlRootAttribute("order"))|];
                return (Order?)serializer.Deserialize(stream);
            }
        }
        """,
        """
        using System.Xml.Serialization;

        public class Order { public int Id { get; set; } public List<string> Lines { get; set; } = []; }

        class C
        {
            private static readonly XmlSerializer OrderSerializer = new XmlSerializer(typeof(Order), new XmlRootAttribute("order"));

            static Order? Read(Stream stream)
            {
                return (Order?)OrderSerializer.Deserialize(stream);
            }
        }
        """);

    [Fact]
    public Task Hashing_needs_no_object() => Fixes(
        """
        using System.Security.Cryptography;

        class C
        {
            static byte[] One(byte[] bytes) => [|SHA256.Create()|].ComputeHash(bytes);

            static string Two(byte[] bytes, string text)
            {
                using var md5 = [|MD5.Create()|];
                return Convert.ToHexString(md5.ComputeHash(bytes)) + Convert.ToHexString(md5.ComputeHash(Encoding.UTF8.GetBytes(text)));
            }

            static byte[] Three(byte[] bytes)
            {
                using (var sha = [|SHA512.Create()|])
                {
                    return sha.ComputeHash(bytes);
                }
            }
        }
        """,
        """
        using System.Security.Cryptography;

        class C
        {
            static byte[] One(byte[] bytes) => SHA256.HashData(bytes);

            static string Two(byte[] bytes, string text)
            {
                return Convert.ToHexString(MD5.HashData(bytes)) + Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));
            }

            static byte[] Three(byte[] bytes)
            {
                return SHA512.HashData(bytes);
            }
        }
        """);

    [Fact]
    public Task Compiled_expressions_search_values_formats_and_options() => Fixes(
        """
        using System.Buffers;
        using System.Linq.Expressions;
        using System.Text.Json;

        class C
        {
            static int Twice(int n)
            {
                Expression<Func<int, int>> twice = x => x * 2;
                var compiled = [|twice.Compile()|];
                return compiled(n);
            }

            static int FirstVowel(string text) => text.AsSpan().IndexOfAny([|SearchValues.Create("aeiou")|]);

            static string Show(int n) => string.Format(null, [|CompositeFormat.Parse("{0:N2}")|], n);

            static string Json(int[] numbers)
            {
                var options = [|new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase }|];
                return JsonSerializer.Serialize(numbers, options);
            }
        }
        """,
        """
        using System.Buffers;
        using System.Linq.Expressions;
        using System.Text.Json;

        class C
        {
            private static readonly Func<int, int> TwiceDelegate = ((Expression<Func<int, int>>)(x => x * 2)).Compile();
            private static readonly SearchValues<char> FirstVowelValues = SearchValues.Create("aeiou");
            private static readonly CompositeFormat ShowFormat = CompositeFormat.Parse("{0:N2}");
            private static readonly JsonSerializerOptions SerializerOptions = new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

            static int Twice(int n)
            {
                return TwiceDelegate(n);
            }

            static int FirstVowel(string text) => text.AsSpan().IndexOfAny(FirstVowelValues);

            static string Show(int n) => string.Format(null, ShowFormat, n);

            static string Json(int[] numbers)
            {
                return JsonSerializer.Serialize(numbers, SerializerOptions);
            }
        }
        """);

    [Fact]
    public Task Directives_keep_the_declaration() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
        #if !SILVERLIGHT
            int a;
        #endif

            bool IsWord(string text)
            {
        #if true
                var word = [|new Regex("a")|];
        #endif
                return word.IsMatch(text);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex Word = new Regex("a");

        #if !SILVERLIGHT
            int a;
        #endif

            bool IsWord(string text)
            {
        #if true
                var word = Word;
        #endif
                return word.IsMatch(text);
            }
        }
        """);

    [Fact]
    public Task Line_ends_are_kept() => Fixes(
        "using System.Text.RegularExpressions;\r\n\r\nclass C\r\n{\r\n    bool IsWord(string text) => [|new Regex(\"a\")|].IsMatch(text);\r\n}\r\n",
        "using System.Text.RegularExpressions;\r\n\r\nclass C\r\n{\r\n    private static readonly Regex WordRegex = new Regex(\"a\");\r\n\r\n    bool IsWord(string text) => WordRegex.IsMatch(text);\r\n}\r\n");

    public static TheoryData<string> OldTargets => ["net472", "netstandard2.0"];

    [Theory]
    [MemberData(nameof(OldTargets))]
    public Task Older_frameworks_get_the_field_too(string name) => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            bool IsWord(string text)
            {
                var regex = [|new Regex("a")|];
                return regex.IsMatch(text);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex WordRegex = new Regex("a");

            bool IsWord(string text)
            {
                return WordRegex.IsMatch(text);
            }
        }
        """,
        target: (name == "net472" ? Target.Net472 : Target.NetStandard20).Oblivious.CSharp(7));

    [Fact]
    public Task Oblivious_code_gets_no_question_mark() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            static bool M(string[] lines, string pattern)
            {
                foreach (var line in lines)
                    if ([|new Regex(pattern)|].IsMatch(line)) Console.WriteLine(line);
                return true;
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            static bool M(string[] lines, string pattern)
            {
                Regex regex = null;
                foreach (var line in lines)
                    if ((regex ??= new Regex(pattern)).IsMatch(line)) Console.WriteLine(line);
                return true;
            }
        }
        """,
        target: Target.Net100.Oblivious);

    [Fact]
    public Task Before_CSharp_8_the_local_is_set_in_two_steps() => Fixes(
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            static void M(string[] lines, string pattern)
            {
                foreach (var line in lines)
                {
                    var regex = [|new Regex(pattern)|];
                    Console.WriteLine(regex.IsMatch(line));
                }

                foreach (var line in lines)
                    Console.WriteLine([|new Regex(pattern + "$")|].IsMatch(line));
            }
        }
        """,
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            static void M(string[] lines, string pattern)
            {
                Regex regex = null;
                foreach (var line in lines)
                {
                    regex = regex ?? new Regex(pattern);
                    Console.WriteLine(regex.IsMatch(line));
                }

                Regex regex2 = null;
                foreach (var line in lines)
                    Console.WriteLine((regex2 ?? (regex2 = new Regex(pattern + "$"))).IsMatch(line));
            }
        }
        """,
        target: Target.Net472.Oblivious.CSharp(7));

    [Fact]
    public Task Before_it_was_shared_a_random_is_kept_for_the_loop() => Fixes(
        """
        using System;

        class C
        {
            static void M(string[] lines)
            {
                foreach (var line in lines)
                {
                    var random = [|new Random()|];
                    Console.WriteLine(line + random.Next());
                }
            }
        }
        """,
        """
        using System;

        class C
        {
            static void M(string[] lines)
            {
                var random = [|new Random()|];
                foreach (var line in lines)
                {
                    Console.WriteLine(line + random.Next());
                }
            }
        }
        """,
        target: Target.NetStandard20.Oblivious);

    // ---- No fix ----

    [Theory]
    [InlineData("return [|new Regex(\"[\")|].IsMatch(text);")]
    [InlineData("return [|new Regex(\"a\", (RegexOptions)123456)|].IsMatch(text);")]
    [InlineData("return [|new Regex(\"a\", RegexOptions.None, TimeSpan.Zero)|].IsMatch(text);")]
    [InlineData("return 1.ToString([|new CultureInfo(\"no such culture at all\")|]);")]
    [InlineData("return string.Format(null, [|CompositeFormat.Parse(\"{0\")|], text);")]
    [InlineData("return JsonSerializer.Serialize(order, [|new JsonSerializerOptions { MaxDepth = -1 }|]);")]
    [InlineData("return [|new XmlSerializer(typeof(Dictionary<string, int>), new XmlRootAttribute(\"a\"))|].Deserialize(stream);")]
    [InlineData("var map = [|new Dictionary<string, int> { { \"a\", 1 }, { \"a\", 2 }, { \"c\", 3 }, { \"d\", 3 }, { \"e\", 3 }, { \"f\", 3 }, { \"g\", 3 }, { \"h\", 3 }, { \"i\", 3 } }|]; return map[text];")]
    [InlineData("var map = [|new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { { \"a\", 1 }, { \"A\", 2 }, { \"c\", 3 }, { \"d\", 3 }, { \"e\", 3 }, { \"f\", 3 }, { \"g\", 3 }, { \"h\", 3 }, { \"i\", 3 } }|]; return map[text];")]
    [InlineData("var set = [|new SortedSet<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" }|]; return set.Min;")]
    public Task What_may_throw_or_depends_on_culture_stays(string statements) => HasNoFix(InMethod(statements));

    [Fact]
    public Task A_static_lambda_sees_no_local() => HasNoFix(Usings + """
        Func<string, bool> f = static s => [|new Regex("a")|].IsMatch(s);
        Console.WriteLine(f(args[0]));
        """);

    [Fact]
    public Task Initialisers_that_can_be_heard_keep_their_time() => HasNoFix(Usings + """
        class C
        {
            static readonly int first = Print();
            static int Print() { Console.WriteLine("initialised"); return 1; }
            static bool IsWord(string text) => [|new Regex("a")|].IsMatch(text);
            static int First() => first;
        }
        """,
        Target.Net100.CSharp(10));

    [Fact]
    public Task An_unfixable_one_first_stops_nothing() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            bool IsBad(string text) => [|new Regex("[")|].IsMatch(text);

            bool IsWord(string text) => [|new Regex("a")|].IsMatch(text);
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex WordRegex = new Regex("a");

            bool IsBad(string text) => [|new Regex("[")|].IsMatch(text);

            bool IsWord(string text) => WordRegex.IsMatch(text);
        }
        """);

    // ---- Generated ----

    [Fact]
    public async Task The_compiler_can_generate_the_code() => Assert.Equal(
        """
        using System.Text.RegularExpressions;

        partial class Outer
        {
            partial struct Inner
            {
                bool IsWord(string text)
                {
                    return Word().IsMatch(text);
                }

                [GeneratedRegex("[abc]", RegexOptions.Multiline)]
                private static partial Regex Word();
            }
        }
        """,
        await Generated(
            """
            using System.Text.RegularExpressions;

            class Outer
            {
                partial struct Inner
                {
                    bool IsWord(string text)
                    {
                        const string pattern = "[abc]";
                        var word = new Regex(pattern, RegexOptions.Multiline);
                        return word.IsMatch(text);
                    }
                }
            }
            """));

    [Fact]
    public async Task Generated_code_needs_CSharp_11() => Assert.Null(await Generated(
        "using System.Text.RegularExpressions; class C { bool IsWord(string text) => new Regex(\"a\").IsMatch(text); }", Target.Net100.CSharp(10)));

    [Fact]
    public async Task Generated_code_needs_a_newer_framework() => Assert.Null(await Generated(
        "using System.Text.RegularExpressions; class C { bool IsWord(string text) => new Regex(\"a\").IsMatch(text); }", Target.NetStandard20));

    /// <summary>What the second action leaves; without the generator, which is not part of the test, it does not compile.</summary>
    private static async Task<string?> Generated(string source, Target? target = null)
    {
        var project = await RuleProject.OfAsync(source, target);
        var finding = Assert.Single(await project.FindingsAsync(new RecreatedExpensiveObjectAnalyzer()));
        var offers = await project.OffersAsync(new RecreatedExpensiveObjectFix(), finding);
        return offers.FirstOrDefault(offer => offer.Title.Contains("generate", StringComparison.Ordinal)) is { } action
            ? await (await project.ApplyAsync(action)).TextAsync()
            : null;
    }
}
