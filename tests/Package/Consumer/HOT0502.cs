namespace Consumer;

internal static class HOT0502
{
    public static string Run() => string.Join(",", Filled([], Data.Words(20))) + "|" + string.Join(",", Sorted(Data.Words(20)));

    private static List<string> Filled(List<string> list, List<string> words)
    {
        foreach (var word in words) // HOT0502 stays
            list.Add(word);

        return list;
    }

    private static List<string> Sorted(List<string> words)
    {
        var sorted = new List<string>();
        foreach (var word in words) sorted.Add(word); // HOT0502

        sorted.Sort(StringComparer.Ordinal);
        return sorted;
    }
}
