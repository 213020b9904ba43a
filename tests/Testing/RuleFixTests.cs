using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Tests;

/// <summary>What every fix does by its base class.</summary>
public sealed class RuleFixTests : RuleTests<CallOfSlowAnalyzer, CallOfSlowFix>
{
    private const string Members = """
            static int Slow(string how = "") => 1;
            static int Fast(string how = "") => 1;
            static int Faster(string how = "") => 2;
        }
        """;

    [Fact]
    public Task An_unfixable_first_occurrence_does_not_stop_fix_all() => Fixes(
        """class C { int M() => [|Slow("none")|] + [|Slow()|] + [|Slow("none")|] + [|Slow()|];""" + Members,
        """class C { int M() => [|Slow("none")|] + Fast() + [|Slow("none")|] + Fast();""" + Members);

    [Fact]
    public Task A_site_whose_fix_changes_something_is_left_by_fix_all() => FixAllLeaves("""class C { int M() => [|Slow("changes")|];""" + Members);

    [Fact]
    public Task Fix_all_fixes_around_a_site_whose_fix_changes_something() => Fixes(
        """class C { int M() => [|Slow("changes")|] + [|Slow()|];""" + Members,
        """class C { int M() => [|Slow("changes")|] + Fast();""" + Members);

    [Fact]
    public Task A_fix_that_changes_something_is_applied_by_fix_all_on_demand() => Fixes(
        """class C { int M() => [|Slow("changes")|] + [|Slow("changes")|];""" + Members,
        """class C { int M() => Faster("changes") + Faster("changes");""" + Members,
        changes: true);

    [Fact]
    public Task What_changes_nothing_comes_first() => Fixes(
        """class C { int M() => [|Slow("both")|];""" + Members,
        """class C { int M() => Fast("both");""" + Members,
        index: 0);

    [Fact]
    public Task What_changes_something_comes_after_it() => Fixes(
        """class C { int M() => [|Slow("both")|];""" + Members,
        """class C { int M() => Faster("both");""" + Members,
        index: 1);

    [Fact]
    public async Task The_first_safe_action_has_the_id_as_its_key()
    {
        var project = await RuleProject.OfAsync("""class C { int M() => Slow("both") + Slow("changes") + Slow();""" + Members);
        var keys = new List<string?[]>();
        foreach (var finding in await project.FindingsAsync(new CallOfSlowAnalyzer()))
            keys.Add([.. (await project.OffersAsync(new CallOfSlowFix(), finding)).Select(action => action.EquivalenceKey)]);

        Assert.Equal([["TEST0001", "TEST0001:changes:2"], ["TEST0001:changes:1"], ["TEST0001"]], keys);
    }

    [Fact]
    public Task Two_sites_in_one_loop_get_two_names() => Fixes(
        """
        class C
        {
            int M()
            {
                var sum = 0;
                while (sum < 5)
                {
                    sum += [|Slow("local")|] * [|Slow("local")|]; // both
                }
                return sum;
            }
        
        """ + Members,
        """
        class C
        {
            int M()
            {
                var sum = 0;
                while (sum < 5)
                {
                    var fast = Fast();
                    var fast2 = Fast();
                    sum += fast * fast2; // both
                }
                return sum;
            }
        
        """ + Members);

    [Fact]
    public Task A_file_with_carriage_returns_keeps_them() => Fixes(
        """
        class C
        {
            int M()
            {
                return [|Slow("local")|];
            }

        """.ReplaceLineEndings("\r\n") + Members.ReplaceLineEndings("\r\n"),
        """
        class C
        {
            int M()
            {
                var fast = Fast();
                return fast;
            }

        """.ReplaceLineEndings("\r\n") + Members.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task New_lines_that_only_the_layout_adds_are_those_of_the_file() => Fixes(
        """
        class C
        {
            int M()
            {
                return [|Slow("block")|];
            }

        """.ReplaceLineEndings("\r\n") + Members.ReplaceLineEndings("\r\n"),
        """
        class C
        {
            int M()
            {
                {
                    return Fast("block");
                }
            }

        """.ReplaceLineEndings("\r\n") + Members.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task A_fix_may_edit_an_additional_file() => Fixes(
        """class C { int M() => [|Slow("file")|] + [|Slow("file")|];""" + Members,
        """class C { int M() => Fast("file") + Fast("file");""" + Members,
        target: Target.Net100 with { AdditionalFile = ("/0/notes.txt", "notes\n") },
        fileAfter: "notes\nfast\nfast\n");

    [Fact]
    public Task A_site_inside_another_is_fixed_too() => Fixes(
        """class C { int M() => [|Slow([|Slow()|].ToString())|];""" + Members,
        """class C { int M() => Fast(Fast().ToString());""" + Members);

    [Fact]
    public async Task What_a_fix_brings_to_light_is_fixed_too()
    {
        var project = await RuleProject.OfAsync("""class C { int M() => Slow("again") + Slow("none");""" + Members);
        var after = await (await project.FixAllAsync(new CallOfSlowAnalyzer(), new CallOfSlowFix())).TextAsync();

        Assert.Contains("""M() => Fast() + Slow("none");""", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sites_in_several_files_and_projects_are_fixed()
    {
        var source = "class C { public int M() => Slow() + Slow();" + Members;
        var project = await RuleProject.OfAsync(source, Target.Net100, [], ("Other.cs", source.Replace("class C", "class D", StringComparison.Ordinal)));
        var after = await project.FixAllAsync(new CallOfSlowAnalyzer(), new CallOfSlowFix());

        foreach (var document in after.Project.Documents.Where(document => document.Name != "GlobalUsings.cs"))
            Assert.Contains("Fast() + Fast()", (await document.GetTextAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_no_longer_binds_gets_no_fix_and_no_exception()
    {
        var project = await RuleProject.OfAsync("class C { int M() => Slow(");
        Assert.Empty(await project.FindingsAsync(new CallOfSlowAnalyzer()));
        Assert.Equal(await project.TextAsync(), await (await project.FixAllAsync(new CallOfSlowAnalyzer(), new CallOfSlowFix())).TextAsync());
    }

    [Fact]
    public Task It_works_in_old_projects() => Fixes(
        "class C { int M() { return [|Slow()|]; } static int Slow() { return 1; } static int Fast() { return 1; } }",
        "class C { int M() { return Fast(); } static int Slow() { return 1; } static int Fast() { return 1; } }",
        target: Target.Net472.Oblivious with { Language = LanguageVersion.CSharp5 });
}
