using HotPath.Benchmarks;
using static HotPath.Tests.Results;

namespace HotPath.Tests;

public sealed class PromisesTests
{
    [Theory]
    [InlineData(350, true)]
    [InlineData(175, true)]
    [InlineData(174, false)]
    public void Half_of_the_promised_speed_up_keeps_the_promise(double before, bool keeps) =>
        Assert.Equal(keeps, Promises.Keeps(Of("HOT0701", Point(10, 1, 1), Point(1000, before, 10)), Promise.Time(35, 1000)));

    [Theory]
    [InlineData(1000, 500, true)]
    [InlineData(1000, 0, true)]
    [InlineData(1000, 501, false)]
    [InlineData(0, 0, false)]
    public void A_promise_about_memory_is_kept_in_bytes(long before, long after, bool keeps) =>
        Assert.Equal(keeps, Promises.Keeps(Of("HOT0601", Point(1000, 1, 1, before, after)), Promise.Allocation(4, 1000)));

    [Fact]
    public void A_promise_without_a_ratio_needs_no_result()
    {
        Assert.True(Promises.Keeps(null, Promise.Correctness("clock steps")));
        Assert.True(Promises.Keeps(null, Promise.None("nothing to measure")));
    }

    [Fact]
    public void A_broken_promise_says_why()
    {
        var result = Of("HOT0701", Point(10, 50, 10));

        Assert.Equal("There is no committed result.", Promises.Broken(null, Promise.Time(2, 10)));
        Assert.Equal("N = 1000, which the promise names, was not measured.", Promises.Broken(result, Promise.Time(2, 1000)));
        Assert.Equal("At N = 10 the ratio is 5, less than half of the promised 35 (Time).", Promises.Broken(result, Promise.Time(35, 10)));
        Assert.Equal("A result does not hold what a promise of the kind Retained is about.", Promises.Broken(result, Promise.Retained(2, 10)));
    }
}
