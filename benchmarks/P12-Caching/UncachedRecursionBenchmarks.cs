using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT1201: a recurrence that computes every smaller result again against one that remembers it.</summary>
public class UncachedRecursionBenchmarks
{
    [Params(10, 15, 20, 25)]
    public int N { get; set; }

    [Benchmark(Baseline = true)]
    public long Before()
    {
        return Fibonacci(N);

        static long Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
    }

    [Benchmark]
    public long After()
    {
        return Fibonacci(N);

        static long Fibonacci(int n)
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
        }
    }

    [Benchmark]
    public long Best()
    {
        var (last, current) = (0L, 1L);
        for (var i = 0; i < N; i++)
            (last, current) = (current, last + current);

        return last;
    }
}
