namespace HotPath.Tests;

public sealed class TailCopyRecursionTests : RuleTests<TailCopyRecursionAnalyzer, TailCopyRecursionFix>
{
    [Theory]
    [InlineData("int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1));")]
    [InlineData("int [|F|](string s) => s == \"\" ? 0 : 1 + F(s[1..]);")]
    [InlineData("int [|F|](string s) { if (s == \"\") return 0; var rest = s.Substring(1); return 1 + F(rest); }")]
    [InlineData("int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Remove(0, 1));")]
    [InlineData("bool [|F|](string s) => s.Length < 2 || s[0] == s[^1] && F(s.Substring(1, s.Length - 2));")]
    [InlineData("bool [|F|](string s) => s.Length < 2 || s[0] == s[^1] && F(s[1..^1]);")]
    [InlineData("string [|F|](string s) => s.Length == 0 ? \"\" : F(s.Substring(1)) + s[0];")]
    [InlineData("int [|F|](int[] a) => a.Length == 0 ? 0 : a[0] + F(a[1..]);")]
    [InlineData("int [|F|](int[] a) => a.Length == 0 ? 0 : a[0] + F(a.Skip(1).ToArray());")]
    [InlineData("int [|F|](List<int> a) => a.Count == 0 ? 0 : a[0] + F(a.Skip(1).ToList());")]
    [InlineData("int [|F|](List<int> a) => a.Count == 0 ? 0 : a[0] + F(a.GetRange(1, a.Count - 1));")]
    [InlineData("int [|F|](List<int> a) => a.Count == 0 ? 0 : a[^1] + F(a.Take(a.Count - 1).ToList());")]
    [InlineData("int [|F|](IEnumerable<int> a) => !a.Any() ? 0 : a.First() + F(a.Skip(1));")]
    [InlineData("int [|F|](int[] a, int sum) => a.Length == 0 ? sum : F(a[1..], sum + a[0]);")]
    [InlineData("int [|F|](string s) { if (s == \"\") return 0; if (s[0] == 'x') return F(s.Substring(2)); return 1 + F(s.Substring(1)); }")]
    [InlineData("int F() { return Inner(\"abc\"); int [|Inner|](string s) => s == \"\" ? 0 : 1 + Inner(s.Substring(1)); }")]
    [InlineData("static int [|F|](ref int calls, string s) => calls++ + (s == \"\" ? 0 : 1 + F(ref calls, s.Substring(1)));")]
    [InlineData("void [|F|](string prefix, string rest) { if (rest == \"\") Console.WriteLine(prefix); else foreach (var c in rest) F(prefix + c, rest.Substring(1)); }")]
    public Task Reports_recursion_on_what_is_left(string member) => ReportsWarning("class C { " + member + " }");

    [Fact]
    public Task The_message_names_method_copy_and_parameter() => ReportsWarning("class C { int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1)); }",
        "'F' calls itself with 's.Substring(1)', a copy of nearly all of 's' per call: O(n²); hand on a span or a position");

    [Theory]
    // Halves.
    [InlineData("int F(int[] a) => a.Length < 2 ? a.Length : F(a[..(a.Length / 2)]) + F(a[(a.Length / 2)..]);")]
    [InlineData("int F(List<int> a) => a.Count < 2 ? a.Count : F(a.Take(a.Count / 2).ToList()) + F(a.Skip(a.Count / 2).ToList());")]
    [InlineData("int F(string s) => s.Length < 2 ? 1 : F(s.Substring(s.Length / 2));")]
    // A prefix, once.
    [InlineData("int F(string s) { if (s[0] == '-') return -F(s.Substring(1)); return int.Parse(s); }")]
    [InlineData("int F(string s) => s.StartsWith(\"0x\") ? F(s.Substring(2)) : Convert.ToInt32(s, 16);")]
    [InlineData("int F(int[] a) => a.Length > 0 && a[0] == 0 ? F(a[1..]) : a.Length;")]
    // No copy, no recursion, not the same.
    [InlineData("int F(ReadOnlySpan<int> a) => a.Length == 0 ? 0 : a[0] + F(a[1..]);")]
    [InlineData("int F(string s, int i) => i == s.Length ? 0 : 1 + F(s, i + 1);")]
    [InlineData("int F(string s) => s.Length == 0 ? 0 : G(s.Substring(1)); int G(string s) => s.Length;")]
    [InlineData("int F(string s) => s.Length == 0 ? 0 : F(s.Substring(s.IndexOf(',') + 1));")]
    [InlineData("int F(string s) => s.Length == 0 ? 0 : F(s.Trim());")]
    [InlineData("int F(string s) => s.Length; int F(object o) => F(o.ToString()!.Substring(1));")]
    [InlineData("int F(C other, string s) => other.F(this, s.Substring(1));")]
    public Task Is_silent(string members) => Reports("class C { " + members + " }");

    [Theory]
    [InlineData("private static int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1));", "private static int F(ReadOnlySpan<char> s) => s.Length == 0 ? 0 : 1 + F(s.Slice(1));")]
    [InlineData("private static bool [|F|](string s) => s.Length < 2 || s[0] == s[^1] && F(s[1..^1]);", "private static bool F(ReadOnlySpan<char> s) => s.Length < 2 || s[0] == s[^1] && F(s[1..^1]);")]
    [InlineData("private static int [|F|](string s) => s == \"\" ? 0 : s[0] + F(s[1..]);", "private static int F(ReadOnlySpan<char> s) => s.Length == 0 ? 0 : s[0] + F(s[1..]);")]
    [InlineData("private static int [|F|](string s) => string.IsNullOrEmpty(s) ? 0 : s[0] + F(s[1..]);", "private static int F(ReadOnlySpan<char> s) => s.IsEmpty ? 0 : s[0] + F(s[1..]);")]
    public Task Hands_on_a_span(string before, string after) => Fixes(
        "class C\n{\n    public int M(string text) => Convert.ToInt32(F(text));\n\n    " + before + "\n}\n",
        "class C\n{\n    public int M(string text) => Convert.ToInt32(F(text));\n\n    " + after + "\n}\n");

    [Fact]
    public Task Local_functions_too() => Fixes("""
        class C
        {
            public int M(int[] numbers)
            {
                // Adds up.
                return Sum(numbers);

                static int [|Sum|](int[] left) => left.Length == 0 ? 0 : left[0] + Sum(left[1..]);
            }
        }
        """, """
        class C
        {
            public int M(int[] numbers)
            {
                // Adds up.
                return Sum(numbers);

                static int Sum(ReadOnlySpan<int> left) => left.Length == 0 ? 0 : left[0] + Sum(left[1..]);
            }
        }
        """);

    [Theory]
    // Others may call it.
    [InlineData("public static int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1));")]
    [InlineData("private static int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1)); static int G(string[] all) => all.Sum(F);")]
    [InlineData("private static int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1)); static int F(object o) => 1;")]
    // The text itself is needed, written, kept, or may be null.
    [InlineData("private static string [|F|](string s) => s.Length < 2 ? s : F(s.Substring(1)) + s[0];")]
    [InlineData("private static int [|F|](string s) { if (s.Length == 0) return 0; Console.WriteLine(s); return F(s.Substring(1)); }")]
    [InlineData("private static int [|F|](int[] a) { if (a.Length == 0) return 0; a[0] = 1; return F(a[1..]); }")]
    [InlineData("private static int [|F|](string s) { if (s.Length == 0) return 0; Func<int> later = () => s.Length; return later() + F(s.Substring(1)); }")]
    [InlineData("private static async Task<int> [|F|](string s) { await Task.Yield(); return s.Length == 0 ? 0 : await F(s.Substring(1)); }")]
    [InlineData("private static IEnumerable<char> [|F|](string s) { if (s.Length > 0) { yield return s[0]; foreach (var c in F(s.Substring(1))) yield return c; } }")]
    [InlineData("static IEnumerable<char> M(string text) { return F(text); static IEnumerable<char> [|F|](string s) { if (s.Length > 0) { yield return s[0]; foreach (var c in F(s.Substring(1))) yield return c; } } }")]
    [InlineData("private static int [|F|](string? s) => s!.Length == 0 ? 0 : 1 + F(s.Substring(1)); static int G(string? s) => F(s);")]
    [InlineData("private static int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1)); static int G(string? t) => F(t!);")]
    [InlineData("private static int [|F|](string s) => s.Length == 0 ? 0 : 1 + F(s.Substring(1)); static int G(string[] all) => F(all.FirstOrDefault()!);")]
    [InlineData("private static int [|F|](int[] a) => a.Length == 0 ? 0 : a[0] + F(a.Skip(1).ToArray());")]
    [InlineData("private static int [|F|](List<int> a) => a.Count == 0 ? 0 : a[0] + F(a.Skip(1).ToList());")]
    public Task Has_no_fix(string members) => HasNoFix("class C { " + members + " }");

    [Fact]
    public Task Older_frameworks_have_no_spans() => HasNoFix("class C { private static int [|F|](string s) { return s.Length == 0 ? 0 : 1 + F(s.Substring(1)); } }", Target.Net472);

    [Theory]
    [InlineData("private static int F(string s) => s.Length == 0 ? 0 : s[0] * 3 + F(s.Substring(1));")]
    [InlineData("private static int F(string s) => s.Length == 0 ? 0 : s[0] * 3 + F(s.Substring(2));")]
    [InlineData("private static bool F(string s) => s.Length < 2 || s[0] == s[^1] && F(s[1..^1]);")]
    [InlineData("private static string F(string s) => s == \"\" ? \"\" : F(s[1..]) + s[0];")]
    [InlineData("private static int F(string s) { var sum = 0; foreach (var c in s) sum += c; return s.Length > 1 ? sum + F(s.Substring(0, s.Length - 1)) : sum; }")]
    [InlineData("private static int F(string s, int depth = 0) => string.IsNullOrEmpty(s) ? depth : s[0] == 'a' ? F(s.Substring(1), depth + 1) : F(s[1..], depth * 2);")]
    public Task Does_the_same(string member) => FixesAndRuns("class C { static object Run(string text) => F(text ?? \"none\"); " + member + " }",
        [[""], ["a"], ["abba"], ["abc"], ["İß"], [null]], expectFix: null);
}
