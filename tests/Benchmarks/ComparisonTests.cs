using HotPath.Benchmarks;
using static HotPath.Tests.Results;

namespace HotPath.Tests;

using Comparison = HotPath.Benchmarks.Comparison;

public sealed class ComparisonTests
{
    private static readonly RuleResult committed = Of("HOT0701", Point(1000, 3500, 100, 1000, 100));

    [Fact]
    public void Half_of_the_speed_up_and_the_same_bytes_are_as_good_as_committed() =>
        Assert.DoesNotContain(Comparison.Of(committed, Of("HOT0701", Point(1000, 1750, 100, 1000, 100))), verdict => verdict.IsRegression);

    [Theory]
    [InlineData(1700, 1000, 100, "After: speed-up below half of 35×")]
    [InlineData(3500, 1000, 101, "After: allocates 101 B, not 100 B")]
    [InlineData(3500, 1001, 100, "Before: allocates 1001 B, not 1000 B")]
    [InlineData(3500, 999, 100, "Before: allocates 999 B, not 1000 B")]
    public void Less_speed_up_or_other_bytes_regress(double before, long bytesBefore, long bytesAfter, string expected) =>
        Assert.Equal([expected], Regressions(committed, Of("HOT0701", Point(1000, before, 100, bytesBefore, bytesAfter))));

    [Fact]
    public void A_fix_that_allocates_less_is_progress() =>
        Assert.Empty(Regressions(committed, Of("HOT0701", Point(1000, 3500, 100, 1000, 0))));

    [Fact]
    public void A_few_bytes_of_measuring_do_not_count_among_many() =>
        Assert.Empty(Regressions(
            Of("HOT0701", Point(1000, 2, 1, 3_821_673, 100)),
            Of("HOT0701", Point(1000, 2, 1, 3_821_733, 100))));

    [Theory]
    [InlineData(105, false)]
    [InlineData(106, true)]
    public void Another_runtime_may_allocate_a_little_more(long bytes, bool regresses) =>
        Assert.Equal(regresses, Regressions(committed, Of("HOT0701", Point(1000, 3500, 100, 1000, bytes)) with { Runtime = ".NET 10.0.2" }).Length > 0);

    [Theory]
    [InlineData(105, false)]
    [InlineData(106, true)]
    public void Noisy_rules_are_not_judged_by_time_and_may_allocate_a_little_more(long bytes, bool regresses) =>
        Assert.Equal(regresses, Regressions(committed with { Noisy = "files" }, Of("HOT0701", Point(1000, 1, 100, 1000, bytes)) with { Noisy = "files" }).Length > 0);

    [Fact]
    public void The_best_is_judged_like_the_fix()
    {
        var withBest = Of("HOT0701", Point(1000, 3500, 100, best: Cost(10, 0)));

        Assert.Equal(
            ["Best: allocates 8 B, not 0 B; speed-up below half of 350×"],
            Regressions(withBest, Of("HOT0701", Point(1000, 3500, 100, best: Cost(50, 8)))));
        Assert.Equal(["Best: not measured now"], Regressions(withBest, committed));
        Assert.Equal(["Best: no committed result"], Regressions(committed, withBest));
    }

    [Fact]
    public void What_only_one_side_has_regresses()
    {
        var other = Of("HOT0701", Point(10, 3500, 100));

        Assert.Equal([": no committed result"], Regressions(null, committed));
        Assert.Equal(
            ["Before: no committed result", "After: no committed result", "Before: not measured now", "After: not measured now"],
            Regressions(committed, other));
    }

    [Fact]
    public void The_table_shows_both_sides_and_the_verdict() => Assert.Equal("""
        Rule         N  Method     Time      now  Speed-up  now  Allocated      now  Verdict
        HOT0701  1,000  Before  3.50 µs  3.50 µs                   1.00 kB  1.00 kB  ok
        HOT0701  1,000  After    100 ns   200 ns       35×  18×      100 B    120 B  REGRESSED: allocates 120 B, not 100 B
        HOT0702                                                                      REGRESSED: no committed result

        """, Comparison.Table(
        [
            .. Comparison.Of(committed, Of("HOT0701", Point(1000, 3500, 200, 1000, 120))),
            .. Comparison.Of(null, Of("HOT0702", Point(1000, 3500, 200))),
        ]));

    private static string[] Regressions(RuleResult? committed, RuleResult now) =>
    [
        .. Comparison.Of(committed, now)
            .Where(verdict => verdict.IsRegression)
            .Select(verdict => $"{verdict.Method}: {string.Join("; ", verdict.Regressions)}"),
    ];
}
