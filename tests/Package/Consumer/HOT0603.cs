namespace Consumer;

internal static class HOT0603
{
    public static string Run() => Parsed(Data.Words(40), Data.Words(20)) + "|" + Known(Data.Words(40), Data.Words(20));

    private static int Parsed(List<string> words, List<string> known)
    {
        var lengths = known.Select(word => int.Parse(word.Substring(4)));
        var found = 0;
        foreach (var word in words)
        {
            if (lengths.Contains(word.Length)) // HOT0603 stays
                found++;
        }

        return found;
    }

    private static int Known(List<string> words, List<string> known)
    {
        var longer = known.Where(word => word.Length > 4);
        var found = 0;
        foreach (var word in words)
        {
            if (longer.Contains(word)) // HOT0603
                found++;
        }

        return found;
    }
}
