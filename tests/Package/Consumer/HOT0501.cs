namespace Consumer;

internal static class HOT0501
{
    public static string Run() => Found(Data.Words(40)).Count + " " + Lengths(Data.Words(40))["word3"];

    private static HashSet<string> Found(List<string> words)
    {
        var found = new HashSet<string>(/* any case */ StringComparer.OrdinalIgnoreCase);
        foreach (var word in words) // HOT0501 stays
            found.Add(word);

        return found;
    }

    private static Dictionary<string, int> Lengths(List<string> words)
    {
        var lengths = new Dictionary<string, int>();
        foreach (var word in words) // HOT0501
            lengths[word] = word.Length;

        return lengths;
    }
}
