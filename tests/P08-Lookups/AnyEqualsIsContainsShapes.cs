namespace HotPath.Tests;

/// <summary>Lists and arrays asked once for a value, by every operator.</summary>
public sealed class AnyEqualsIsContainsShapes : Shape<AnyEqualsIsContainsAnalyzer, AnyEqualsIsContainsFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);

        var wanted = choose.Of("\"a\"", "wanted", "wanted", "(wanted ?? \"\").Trim()");
        var question = choose.Of($"list.Any(y => y == {wanted})", $"list.All(y => y != {wanted})", $"!list.Any(y => {wanted} == y)", $"list.Any(y => string.Equals(y, {wanted}))", $"list.Any(y => Equals(y, {wanted}))");
        var made = choose.Of("input.ToList()", "input.ToArray()", $"new List<{scene.Text}>(input)");

        return scene.Finish($"var list = {made};\nvar wanted = n > 1 ? \"b\" : \"A\";\n{choose.Lines(1, () => scene.Aside([]))}\nvar answer = {question};\n{choose.Lines(1, () => scene.Aside([]))}\nTrace.Log(answer);", "answer");
    }
}
