namespace Consumer;

internal static class HOT0801
{
    public static string Run() => Known(Data.Words(40), Data.Words(20)).Count() + " " + CountKnown(Data.Words(40), Data.Words(20));

    private static IEnumerable<string> Known(List<string> words, List<string> known) =>
        words.Where(word => known.Contains(word)); // HOT0801 stays

    private static int CountKnown(List<string> words, List<string> known)
    {
        var count = 0;
        foreach (var word in words)
        {
            if (known.Contains(word)) // HOT0801
                count++;
        }

        return count;
    }
}
