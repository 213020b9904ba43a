using HotPath.Benchmarks;

namespace HotPath.Tests;

public sealed class GrowthRateTests
{
    private static readonly int[] Sizes = [1_000, 4_000, 16_000];

    [Fact]
    public void The_same_time_per_line_is_an_exponent_of_one() => Assert.Equal(1, Exponent(100, 400, 1_600)!.Value, 3);

    [Fact]
    public void Four_times_the_time_for_twice_the_lines_is_an_exponent_of_two() => Assert.Equal(2, Exponent(100, 1_600, 25_600)!.Value, 3);

    [Fact]
    public void A_fixed_cost_is_no_growth() => Assert.Equal(0, Exponent(100, 100, 100)!.Value, 3);

    [Fact]
    public void Times_too_short_to_measure_do_not_count() => Assert.Equal(1, Exponent(19, 400, 1_600)!.Value, 3);

    [Fact]
    public void One_time_says_nothing_about_growth() => Assert.Null(Exponent(0, 10, 1_600));

    private static double? Exponent(params double[] milliseconds) => GrowthRate.Exponent(Sizes, [.. milliseconds.Select(TimeSpan.FromMilliseconds)]);
}
