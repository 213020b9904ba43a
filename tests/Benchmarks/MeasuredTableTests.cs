using HotPath.Benchmarks;
using static HotPath.Tests.Results;

namespace HotPath.Tests;

public sealed class MeasuredTableTests
{
    [Fact]
    public void The_table_has_a_row_per_n_and_says_from_where_the_fix_pays() => Assert.Equal("""
        | N | Before | After | Speed-up | Allocated | Allocation ratio |
        | ---: | ---: | ---: | ---: | ---: | ---: |
        | 10 | 90.0 ns | 100 ns | 0.90× | 448 B → 272 B | 0.61× |
        | 1,000 | 1.90 ms | 23.0 µs | 83× | 3.82 MB → 16.6 kB | 0.0044× |

        Measured on Some CPU, .NET 10.0.1, 2026-01-31. After is faster from N = 1,000.

        """, MeasuredTable.Markdown(Of("HOT0702", Point(10, 90, 100, 448, 272), Point(1000, 1_902_886, 23_034, 3_821_673, 16_648))));

    [Fact]
    public void The_table_has_a_column_for_the_best_where_there_is_one()
    {
        var table = MeasuredTable.Markdown(Of("HOT0702", Point(10, 200, 100), Point(100, 2000, 100, best: Cost(50, 0))));

        Assert.Contains("| N | Before | After | Best | Speed-up |", table);
        Assert.Contains("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |", table);
        Assert.Contains("| 10 | 200 ns | 100 ns | – | 2.0× |", table);
        Assert.Contains("| 100 | 2.00 µs | 100 ns | 50.0 ns | 20× |", table);
        Assert.Contains("After is faster from N = 10, the smallest measured.", table);
    }

    [Fact]
    public void The_table_says_what_makes_times_vary() =>
        Assert.EndsWith(
            "After is not faster at the largest measured value. Times are the best of 3 launches: commits to a file.\n",
            MeasuredTable.Markdown(Of("HOT1602", Point(10, 100, 100)) with { Noisy = "commits to a file" }));

    [Fact]
    public void Nothing_allocated_before_gives_no_ratio()
    {
        var table = MeasuredTable.Markdown(Of("HOT0702", Point(10, 2, 1, 0, 24), Point(100, 2, 1, 24, 0)));

        Assert.Contains("| 0 B → 24 B | – |", table);
        Assert.Contains("| 24 B → 0 B | 0× |", table);
    }

    [Fact]
    public void A_page_gets_the_table_between_its_marks_and_keeps_the_rest()
    {
        var result = Of("HOT0702", Point(10, 200, 100));
        var page = MeasuredTable.Into("# Title\n<!-- measured -->\nold\n<!-- /measured -->\nrest\n", result);

        Assert.Equal($"# Title\n<!-- measured -->\n{MeasuredTable.Markdown(result)}<!-- /measured -->\nrest\n", page);
        Assert.Equal(page, MeasuredTable.Into(page!, result));
    }

    [Theory]
    [InlineData("# Title\n")]
    [InlineData("<!-- measured -->\n")]
    [InlineData("<!-- /measured -->\n<!-- measured -->\n")]
    public void A_page_without_marks_has_no_place_for_the_table(string page) => Assert.Null(MeasuredTable.Into(page, Of("HOT0702", Point(10, 200, 100))));

    [Theory]
    [InlineData(0.5, "0.50 ns")]
    [InlineData(9.996, "10.0 ns")]
    [InlineData(999.4, "999 ns")]
    [InlineData(999.6, "1.00 µs")]
    [InlineData(12_345, "12.3 µs")]
    [InlineData(1_234_567_890, "1.23 s")]
    [InlineData(5_000_000_000_000, "5,000 s")]
    public void Times_have_three_digits_and_a_unit(double nanoseconds, string text) => Assert.Equal(text, Units.Time(nanoseconds));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(12_345_678, "12.3 MB")]
    public void Bytes_have_three_digits_and_a_unit(long bytes, string text) => Assert.Equal(text, Units.Bytes(bytes));

    [Theory]
    [InlineData(0.0044, "0.0044×")]
    [InlineData(0.924, "0.92×")]
    [InlineData(1.04, "1.0×")]
    [InlineData(9.96, "10×")]
    [InlineData(1390.2, "1,390×")]
    public void Ratios_have_as_many_digits_as_matter(double ratio, string text) => Assert.Equal(text, Units.Ratio(ratio));

    [Fact]
    public void The_fix_pays_from_the_n_on_after_which_it_never_loses_again()
    {
        Assert.Equal(1000, Of("HOT0801", Point(10, 2, 1), Point(100, 1, 2), Point(1000, 2, 1), Point(10_000, 9, 1)).BreakEven);
        Assert.Equal(10, Of("HOT0801", Point(10, 2, 1)).BreakEven);
        Assert.Null(Of("HOT0801", Point(10, 2, 1), Point(100, 1, 1)).BreakEven);
        Assert.Null(Of("HOT0801").BreakEven);
    }
}
