using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Tests;

public sealed class UncachedRecursionTests : RuleTests<UncachedRecursionAnalyzer, UncachedRecursionFix>
{
    [Fact]
    public Task An_expression_body_remembers_its_results_for_one_call() => Fixes("""
        class C
        {
            /// <summary>The n-th Fibonacci number.</summary>
            public static long [|Fib|](int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); // slow
        }
        """, """
        class C
        {
            /// <summary>The n-th Fibonacci number.</summary>
            public static long Fib(int n)
            {
                var results = new Dictionary<int, long>();
                return Remember(n);

                long Remember(int n)
                {
                    if (!results.TryGetValue(n, out var result))
                    {
                        result = Compute(n);
                        results[n] = result;
                    }

                    return result;
                }

                long Compute(int n) => n < 2 ? n : Remember(n - 1) + Remember(n - 2);
            } // slow
        }
        """);

    [Fact]
    public Task A_statement_body_keeps_its_text() => Fixes("""
        class C
        {
            int [|Paths|](int rows, int columns)
            {
                // One way along an edge.
                if (rows == 1 || columns == 1)
                    return 1;

                var down = Paths(rows - 1, columns);
                var right = this.Paths(rows, columns - 1); // to the right
                return down + right;
            }
        }
        """, """
        class C
        {
            int Paths(int rows, int columns)
            {
                var results = new Dictionary<(int, int), int>();
                return Remember(rows, columns);

                int Remember(int rows, int columns)
                {
                    if (!results.TryGetValue((rows, columns), out var result))
                    {
                        result = Compute(rows, columns);
                        results[(rows, columns)] = result;
                    }

                    return result;
                }

                int Compute(int rows, int columns)
                {
                    // One way along an edge.
                    if (rows == 1 || columns == 1)
                        return 1;

                    var down = Remember(rows - 1, columns);
                    var right = Remember(rows, columns - 1); // to the right
                    return down + right;
                }
            }
        }
        """);

    [Fact]
    public Task A_local_function_gets_local_functions_of_its_own_and_fresh_names() => Fixes("""
        class C
        {
            long Run(int results)
            {
                long result = 0;
                return Fib(results) + result;

                static long [|Fib|](int n) => n <= 1 ? n : Fib(n - 2) + Fib(n - 1);
            }
        }
        """, """
        class C
        {
            long Run(int results)
            {
                long result = 0;
                return Fib(results) + result;

                static long Fib(int n)
                {
                    var results2 = new Dictionary<int, long>();
                    return Remember(n);

                    long Remember(int n)
                    {
                        if (!results2.TryGetValue(n, out var result2))
                        {
                            result2 = Compute(n);
                            results2[n] = result2;
                        }

                        return result2;
                    }

                    long Compute(int n) => n <= 1 ? n : Remember(n - 2) + Remember(n - 1);
                }
            }
        }
        """);

    [Fact]
    public Task Results_can_be_kept_across_calls_where_the_title_says_so() => Fixes("""
        static class C
        {
            public static long [|Fib|](int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
        }
        """, """
        using System.Collections.Concurrent;

        static class C
        {
            private static readonly ConcurrentDictionary<int, long> FibResults = new ConcurrentDictionary<int, long>();

            public static long [|Fib|](int n)
            {
                if (FibResults.TryGetValue(n, out var result))
                    return result;

                result = Compute(n);
                FibResults[n] = result;
                return result;

                long Compute(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
            }
        }
        """.Replace("[|Fib|]", "Fib", StringComparison.Ordinal), title: "Remember each result across calls (keeps every result in memory)");

    [Theory]
    [InlineData("int [|F|](int n) { if (n < 2) return n; return F(n - 1) + F(n - 2); }")]
    [InlineData("int [|F|](int n) { if (n < 2) { return n; } else { var a = F(n - 1); var b = F(n - 2); return a + b; } }")]
    [InlineData("int [|F|](int n) { switch (n) { case 0: return 0; case 1: return 1; default: return F(n - 1) + F(n - 2); } }")]
    [InlineData("int [|F|](int n) => n switch { 0 => 0, 1 => 1, 2 => 1, _ => F(n - 1) + F(n - 2) + F(n - 3) };")]
    [InlineData("int [|F|](int n) => n <= 0 ? throw new ArgumentOutOfRangeException(nameof(n)) : n < 3 ? 1 : F(n - 1) + F(n - 2);")]
    [InlineData("static ulong [|F|](uint n) { checked { return n < 2 ? n : F(n - 1) + F(n - 2); } }")]
    [InlineData("static System.Numerics.BigInteger [|F|](int n) => n < 2 ? n : F(n - 1) + F(n - 2);")]
    [InlineData("static long [|Binomial|](int n, int k) => k == 0 || k == n ? 1 : Binomial(n - 1, k - 1) + Binomial(n - 1, k);")]
    [InlineData("static int [|Lcs|](string a, string b, int i, int j) { if (i == 0 || j == 0) return 0; if (a[i - 1] == b[j - 1]) return 1 + Lcs(a, b, i - 1, j - 1); return Math.Max(Lcs(a, b, i - 1, j), Lcs(a, b, i, j - 1)); }")]
    [InlineData("int [|Cost|](int r, int c) { if (r < 0 || c < 0) return int.MaxValue / 2; if (r == 0 && c == 0) return grid[0, 0]; return grid[r, c] + Math.Min(Cost(r - 1, c), Cost(r, c - 1)); } readonly int[,] grid = new int[9, 9];")]
    [InlineData("bool [|Win|](int n) => n > 0 && (!Win(n - 1) || !Win(n - 3));")]
    [InlineData("static double [|Price|](int n) => n == 0 ? 1.5 : 0.5 * (Price(n - 1) + Price(n - 1));")]
    [InlineData("int M(int[] xs) { return xs.Sum(x => F(x)); int [|F|](int n) => n < 2 ? n : F(n - 1) + F(n - 2); }")]
    [InlineData("async Task<int> M(int x) { await Task.Yield(); return F(x); int [|F|](int n) => n < 2 ? n : F(n - 1) + F(n - 2); }")]
    [InlineData("int P { get { return F(9); int [|F|](int n) => n < 2 ? n : F(n - 1) + F(n - 2); } }")]
    [InlineData("private protected int [|Up|](int i) => i > 40 ? 1 : Up(i + 1) + Up(i + 2);")]
    [InlineData("static int [|Twice|](int n) => n == 0 ? Helper(n) : Twice(n: n - 1) + Twice(n - 2); static int Helper(int n) => n * 2 + 1;")]
    public Task Reports_recurrences(string member) => ReportsWarning($$"""
        class C
        {
            {{member}}
        }
        """);

    [Theory]
    [InlineData("int F(int n) => n < 2 ? 1 : n * F(n - 1);")]
    [InlineData("int F(int n) { if (n < 2) return n; if (n % 2 == 0) return F(n - 1); return F(n - 2); }")]
    [InlineData("int F(int n) => n < 2 ? n : n % 2 == 0 ? F(n - 1) : F(n - 2);")]
    [InlineData("long Power(long x, int n) => n == 0 ? 1 : Power(x, n / 2) * Power(x, n / 2);")]
    [InlineData("int Search(int low, int high) { if (low >= high) return 0; var mid = (low + high) / 2; return Search(low, mid) + Search(mid + 1, high); }")]
    [InlineData("int F(int n) { Console.WriteLine(n); return n < 2 ? n : F(n - 1) + F(n - 2); }")]
    [InlineData("int F(int n) { calls++; return n < 2 ? n : F(n - 1) + F(n - 2); } int calls;")]
    [InlineData("int F(int n, List<int> log) { log.Add(n); return n < 2 ? n : F(n - 1, log) + F(n - 2, log); }")]
    [InlineData("int F(int n, int[] prices) => n < 0 ? 0 : Math.Max(F(n - 1, prices), prices[n] + F(n - 2, prices));")]
    [InlineData("int F(int n) { if (known.TryGetValue(n, out var k)) return k; return known[n] = n < 2 ? n : F(n - 1) + F(n - 2); } readonly Dictionary<int, int> known = new();")]
    [InlineData("int F(int n) { if (n < 2) return n; if (memo[n] != 0) return memo[n]; memo[n] = F(n - 1) + F(n - 2); return memo[n]; } readonly int[] memo = new int[100];")]
    [InlineData("public virtual int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2);")]
    [InlineData("void F(int n) { if (n > 0) { F(n - 1); F(n - 2); } }")]
    [InlineData("int F(ref int n) { if (n < 2) return n; n--; return F(ref n) + F(ref n); }")]
    [InlineData("int Ackermann(int m, int n) => m == 0 ? n + 1 : n == 0 ? Ackermann(m - 1, 1) : Ackermann(m - 1, Ackermann(m, n - 1));")]
    [InlineData("int F(int n) => n < 2 ? n : new Random().Next() + F(n - 1) + F(n - 2);")]
    [InlineData("async Task<int> F(int n) => n < 2 ? n : await F(n - 1) + await F(n - 2);")]
    [InlineData("IEnumerable<int> F(int n) { if (n > 0) { foreach (var x in F(n - 1)) yield return x; foreach (var x in F(n - 2)) yield return x; } }")]
    [InlineData("int Depth(Node? node) => node is null ? 0 : 1 + Math.Max(Depth(node.Left), Depth(node.Right)); class Node { public Node? Left, Right; }")]
    [InlineData("int F(int n) => n < 2 ? n : Other(n - 1) + Other(n - 2); int Other(int n) => n;")]
    [InlineData("int F(int n) => n < 2 ? n : F((long)n - 1) + F((long)n - 2); int F(long n) => (int)n;")]
    [InlineData("int F(int n, Func<int, int> f) => n < 2 ? f(n) : F(n - 1, f) + F(n - 2, f);")]
    [InlineData("int F(int n) => other!.F(n - 1) + other.F(n - 2); C? other;")]
    [InlineData("List<int> F(int n) => n < 2 ? new() { n } : F(n - 1).Concat(F(n - 2)).ToList();")]
    public Task Quiet(string member) => Reports($$"""
        class C
        {
            {{member}}
        }
        """);

    [Theory]
    [InlineData("struct S { int k; int [|F|](int n) => n < 2 ? n + k : F(n - 1) + F(n - 2); }")]
    [InlineData("static class X { static int [|F|](this int n) => n < 2 ? n : (n - 1).F() + F(n - 2); }")]
    [InlineData("class X { static int [|F|](in int n) => n < 2 ? n : F(n - 1) + F(n - 2); }")]
    public Task No_fix_where_a_local_function_cannot_stand(string source) => HasNoFix(source);

    [Fact]
    public Task No_fix_before_local_functions_may_shadow() =>
        HasNoFix("class C { int [|F|](int n) { if (n < 2) return n; return F(n - 1) + F(n - 2); } }", Target.Net472 with { Language = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task Top_level_functions_are_fixed() => Fixes("""
        Console.WriteLine(Fib(30));

        int [|Fib|](int n)
        {
            return n < 2 ? n : Fib(n - 1) + Fib(n - 2);
        }
        """, """
        Console.WriteLine(Fib(30));

        int Fib(int n)
        {
            var results = new Dictionary<int, int>();
            return Remember(n);

            int Remember(int n)
            {
                if (!results.TryGetValue(n, out var result))
                {
                    result = Compute(n);
                    results[n] = result;
                }

                return result;
            }

            int Compute(int n)
            {
                return n < 2 ? n : Remember(n - 1) + Remember(n - 2);
            }
        }
        """);

    [Theory]
    [InlineData("public static object Run(int n) => F(n); static long F(int n) => n < 2 ? n : F(n - 1) + F(n - 2);")]
    [InlineData("public static object Run(int n) => F(n, 3); static long F(int n, int k) => k <= 0 || n <= k ? 1 : F(n - 1, k - 1) + F(n - 1, k);")]
    [InlineData("public static object Run(int n) => F(n); static int F(int n) { if (n < 0) throw new ArgumentException(\"negative\"); return n < 2 ? 1 : F(n - 1) + F(n - 3); }")]
    [InlineData("public static object Run(int n) => F((byte)n); static int F(byte n) { checked { return n < 2 ? n : F((byte)(n - 1)) + F((byte)(n - 2)) * 7; } }")]
    [InlineData("public static object Run(int n) => F(\"abcbdab\", \"bdcaba\", 7, Math.Clamp(n, 0, 6)); static int F(string a, string b, int i, int j) { if (i == 0 || j == 0) return 0; if (a[i - 1] == b[j - 1]) return 1 + F(a, b, i - 1, j - 1); return Math.Max(F(a, b, i - 1, j), F(a, b, i, j - 1)); }")]
    [InlineData("public static object? Run(int n) => F(n, null); static string? F(int n, string? s) => n < 2 ? s : F(n - 1, s) + F(n - 2, s) + n;")]
    public Task Runs_the_same(string members) => FixesAndRuns($$"""
        class Program
        {
            {{members}}
        }
        """, [[0], [1], [2], [3], [9], [17], [-1]], expectFix: members.Contains("(byte)", StringComparison.Ordinal) ? null : true);

    [Fact]
    public Task Older_targets_are_fixed_too() => Fixes("class C { static int [|F|](int n) => n < 2 ? n : F(n - 1) + F(n - 2); }", """
        class C {
            static int F(int n)
            {
                var results = new Dictionary<int, int>();
                return Remember(n);

                int Remember(int n)
                {
                    if (!results.TryGetValue(n, out var result))
                    {
                        result = Compute(n);
                        results[n] = result;
                    }

                    return result;
                }

                int Compute(int n) => n < 2 ? n : Remember(n - 1) + Remember(n - 2);
            }
        }
        """, target: Target.NetStandard20);
}
