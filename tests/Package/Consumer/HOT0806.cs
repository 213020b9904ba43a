namespace Consumer;

internal static class HOT0806
{
    public static string Run() => Without(Data.Words(20), Data.Words(10)) + " " + Short(Data.Words(30));

    private static int Without(List<string> words, List<string> unwanted)
    {
        foreach (var word in unwanted)
            words.Remove(word); // HOT0806 stays

        return words.Count;
    }

    private static int Short(List<string> words)
    {
        for (var i = words.Count - 1; i >= 0; i--)
            if (words[i].Length > 5)
                words.RemoveAt(i); // HOT0806

        return words.Count;
    }
}
