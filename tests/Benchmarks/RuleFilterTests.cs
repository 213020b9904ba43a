using HotPath.Benchmarks;

namespace HotPath.Tests;

public sealed class RuleFilterTests
{
    private static readonly (string, string)[] rules =
    [
        ("HOT0701", "HotPath.Benchmarks.StringConcatenationInLoopBenchmarks"),
        ("HOT0702", "HotPath.Benchmarks.JoinLoopBenchmarks"),
        ("HOT0801", "HotPath.Benchmarks.ListContainsInLoopBenchmarks"),
    ];

    [Theory]
    [InlineData("*HOT0702*", "*HotPath.Benchmarks.JoinLoopBenchmarks*")]
    [InlineData("*hot0702.After*", "*HotPath.Benchmarks.JoinLoopBenchmarks.After*")]
    [InlineData("HOT0702", "HotPath.Benchmarks.JoinLoopBenchmarks*")]
    [InlineData("*JoinLoop*", "*JoinLoop*")]
    [InlineData("*HOT9999*", "*HOT9999*")]
    public void An_id_stands_for_the_class_of_its_rule(string pattern, string expected) =>
        Assert.Equal(["--filter", expected, "--list"], RuleFilter.Rewrite(["--filter", pattern, "--list"], rules));

    [Fact]
    public void The_beginning_of_an_id_stands_for_all_its_rules() => Assert.Equal(
        ["*HotPath.Benchmarks.StringConcatenationInLoopBenchmarks*", "*HotPath.Benchmarks.JoinLoopBenchmarks*"],
        RuleFilter.Rewrite(["*HOT07*"], rules));

    [Fact]
    public void A_filter_has_any_number_of_patterns()
    {
        var parsed = CommandArguments.Parse(["--filter", "*HOT07*", "HOT0801", "--no-run"], "--no-run")!;

        Assert.Equal(["*HOT07*", "HOT0801"], parsed.Patterns);
        Assert.True(parsed.HasFlag);
        Assert.Empty(CommandArguments.Parse([])!.Patterns);
    }

    [Theory]
    [InlineData("--no-run")]
    [InlineData("--job", "dry")]
    [InlineData("HOT0701")]
    [InlineData("--filter", "*", "--job", "dry")]
    [InlineData("--filter")]
    public void What_a_command_does_not_know_is_refused(params string[] arguments) => Assert.Null(CommandArguments.Parse(arguments));
}
