namespace HotPath.Tests;

/// <summary>Dictionaries and sets asked for a key by a lambda.</summary>
public sealed class HashedButScannedShapes : Shape<HashedButScannedAnalyzer, HashedButScannedFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var counts = "input.GroupBy(text => text ?? \"\").ToDictionary(group => group.Key, group => group.Count())";
        var wanted = choose.Of("\"a\"", "wanted", "\"\"");
        var question = choose.Of($"counts.Any(pair => pair.Key == {wanted})", $"counts.All(pair => pair.Key != {wanted})", $"counts.FirstOrDefault(pair => pair.Key == {wanted}).Value", $"counts.Keys.Any(key => key == {wanted})", $"set.Any(each => each == {wanted})", $"set.Contains({wanted}, StringComparer.Ordinal)", $"counts.First(pair => pair.Key == {wanted}).Value");
        var comparer = choose.Of("", "", "StringComparer.OrdinalIgnoreCase");

        return scene.Finish($"var counts = {counts};\nvar set = new HashSet<string>(counts.Keys{(comparer.Length > 0 ? ", " + comparer : "")});\nvar wanted = n > 1 ? \"b\" : \"A\";\n{choose.Lines(1, () => scene.Aside([]))}\nTrace.Log({question});\n{choose.Perhaps(30, $"Trace.Log(set.Any(each => each == {wanted}));")}", "set.Count");
    }
}
