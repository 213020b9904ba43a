namespace HotPath.Tests;

/// <summary>A share of the generated programs, with a fixed seed; the long run is a command of its own.</summary>
public sealed class DifferentialTests
{
    private const long Seed = 20261122;

    /// <summary>Every rule with a fix.</summary>
    public static TheoryData<string> Names => [.. Subjects.Select(subject => subject.Name)];

    private static IReadOnlyList<Subject> Subjects { get; } = [.. Subject.Shapes.Select(Subject.Of), .. Together.Subjects];

    [Theory, MemberData(nameof(Names))]
    public async Task The_fix_keeps_what_programs_do(string name)
    {
        var subject = Subjects.Single(subject => subject.Name == name);

        // Databases take longer.
        var tally = await new Trial(subject, Seed).RunAsync(subject.Shape.Changes ? 8 : 18);
        Assert.True(tally.Complaint is null, tally.Complaint);
    }

    [Theory]
    [InlineData(nameof(NaiveBuilderFix.Fault.AppendsSums), "StringBuilder")]
    [InlineData(nameof(NaiveBuilderFix.Fault.LosesNull), "null")]
    public async Task A_wrong_fix_is_caught_within_two_hundred_programs(string fault, string seen)
    {
        var subject = Subject.Of(new StringConcatenationInLoopShapes(), new NaiveBuilderFix(Enum.Parse<NaiveBuilderFix.Fault>(fault)));
        var tally = await new Trial(subject, Seed).RunAsync(200, untilFailure: true);

        Assert.True(tally.Failure is not null, $"Nobody noticed: {Tally.Heading}\n{tally}");
        Assert.Contains("public Task Generated_with_seed_", tally.Failure, StringComparison.Ordinal);
        Assert.Contains("FixesAndRuns(", tally.Failure, StringComparison.Ordinal);
        Assert.Contains(seen, tally.Failure, StringComparison.Ordinal);

        // Shrunk: one loop, and nothing left that has nothing to do with the fault.
        Assert.True(tally.Failure.Split("The test, to paste:", 3)[1].Count(c => c == '\n') < 39, tally.Failure);
    }

    [Fact]
    public void Every_rule_with_a_fix_has_shapes()
    {
        var stems = typeof(RuleFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(RuleFix).IsAssignableFrom(type))
            .Select(type => type.Name[..^"Fix".Length])
            .Where(stem => typeof(RuleAnalyzer).Assembly.GetType($"HotPath.{stem}Analyzer") is not null);

        Assert.All(stems, stem => Assert.True(Subject.Shapes.Any(shape => shape.GetType().Name == stem + "Shapes"), $"There is no class {stem}Shapes next to {stem}Tests."));
    }

    [Fact]
    public void A_seed_makes_the_same_programs_again()
    {
        Assert.Equal(Sequences.Of(Seed, 3, 20), Sequences.Of(Seed, 3, 20));
        Assert.NotEqual(Sequences.Of(Seed, 3, 20), Sequences.Of(Seed, 4, 20));
        Assert.NotEqual(Sequences.Of(Seed, 3, 20), Sequences.Of(Seed + 1, 3, 20));

        foreach (var shape in Subject.Shapes)
        {
            foreach (var sequence in Sequences.Of(Seed, 0, 20))
                Assert.Equal(shape.Compose(new Choices(sequence)).Source, shape.Compose(new Choices(sequence)).Source);
        }
    }

    [Fact]
    public void What_is_shrunk_is_simpler()
    {
        int[] sequence = [5, 0, 7, 3];
        var shrunk = Sequences.Shrunk(sequence).ToList();

        Assert.All(shrunk, simpler => Assert.True(simpler.Length < sequence.Length || simpler.Sum() < sequence.Sum()));
        Assert.Contains(shrunk, simpler => simpler.SequenceEqual([5, 0, 0, 3]));
        Assert.Empty(Sequences.Shrunk([0, 0]));
    }

    [Fact]
    public void Beyond_the_last_number_every_choice_is_the_first()
    {
        var choices = new Choices([1]);
        Assert.Equal("b", choices.Of("a", "b", "c"));
        Assert.Equal("a", choices.Of("a", "b", "c"));
        Assert.False(choices.Chance(99));
    }

    [Theory]
    [InlineData("'--cuont' is no option.", "--cuont", "3")]
    [InlineData("'many' is no option.", "many")]
    [InlineData("'--count' needs a value.", "--count")]
    [InlineData("'-3' is no value for '--count'.", "--count", "-3")]
    [InlineData("'x' is no value for '--seed'.", "--seed", "x")]
    [InlineData("'HOT9999' has no shapes; there are HOT", "--rule", "HOT9999")]
    public async Task Wrong_options_are_told(string message, params string[] arguments)
    {
        var output = new StringWriter();
        Assert.Equal(2, await LongRun.RunAsync(arguments, output));
        Assert.StartsWith(message, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--minutes N", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_no_error()
    {
        var output = new StringWriter();
        Assert.Equal(0, await LongRun.RunAsync(["--help"], output));
        Assert.Contains("dotnet run --project tests/Differential", output.ToString(), StringComparison.Ordinal);
    }
}
