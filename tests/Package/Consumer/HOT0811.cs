namespace Consumer;

internal static class HOT0811
{
    public static string Run() => string.Join(",", Counts(Data.Words(20))) + " " + Repeated(Data.Words(40));

    private static IEnumerable<int> Counts(List<string> words) =>
        words.Select(word => words.Count(other => other == word)); // HOT0811 stays

    private static int Repeated(List<string> words)
    {
        var repeated = 0;
        foreach (var word in words)
        {
            if (words.Count(other => other == word) > 1) // HOT0811
                repeated++;
        }

        return repeated;
    }
}
