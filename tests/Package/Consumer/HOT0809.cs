namespace Consumer;

internal static class HOT0809
{
    public static string Run() => Later(Counts()) + " " + Total(Counts());

    private static int Later(Dictionary<string, int> counts)
    {
        var asked = new List<Func<int>>(counts.Count);
        foreach (var word in counts.Keys) // HOT0809 stays
            asked.Add(() => counts[word]);

        return asked.Sum(ask => ask());
    }

    private static int Total(Dictionary<string, int> counts)
    {
        var total = 0;
        foreach (var word in counts.Keys) // HOT0809
            total += word.Length * counts[word];

        return total;
    }

    private static Dictionary<string, int> Counts() => Data.Words(40).GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
}
