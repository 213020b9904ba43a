namespace HotPath.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("", 8)]
    [InlineData("hotpath.small_loop = 3", 3)]
    [InlineData("HOTPATH.SMALL_LOOP = 3", 3)]
    [InlineData("hotpath.small_loop = 3 # few", 3)]
    [InlineData("dotnet_code_quality.HOT0801.small_loop = 4", 4)]
    [InlineData("dotnet_code_quality.hot0801.small_loop = 4", 4)]
    [InlineData("dotnet_code_quality.HOT0802.small_loop = 4", 8)]
    [InlineData("hotpath.small_loop = 3\ndotnet_code_quality.HOT0801.small_loop = 4", 4)]
    [InlineData("hotpath.small_loop = 3\ndotnet_code_quality.HOT0801.small_loop = many", 3)]
    [InlineData("hotpath.small_loop = many", 8)]
    [InlineData("hotpath.small_loop = 1000001", 8)]
    [InlineData("hotpath.small_loop = +3", 8)]
    public async Task The_rule_s_own_value_wins_and_what_is_not_allowed_is_as_if_not_set(string config, int expected) => Assert.Equal(expected, await Read(Options.SmallLoop, config));

    [Theory]
    [InlineData("", FixAllMode.Safe)]
    [InlineData("hotpath.fix_all = all", FixAllMode.All)]
    [InlineData("hotpath.fix_all = ALL", FixAllMode.All)]
    [InlineData("hotpath.fix_all = 1", FixAllMode.Safe)]
    [InlineData("hotpath.fix_all =", FixAllMode.Safe)]
    public async Task A_choice_is_taken_by_its_name(string config, FixAllMode expected) => Assert.Equal(expected, await Read(Options.FixAll, config));

    private static async Task<T> Read<T>(Option<T> option, string config)
    {
        var project = await RuleProject.OfAsync("class C;", config.Length == 0 ? null : Target.Net100.Option(config));
        return option.Read(project.Project.AnalyzerOptions, (await project.Document.GetSyntaxTreeAsync())!, "HOT0801");
    }
}
