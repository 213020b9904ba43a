namespace Consumer;

internal static class HOT0812
{
    public static string Run() => Taken(Data.Words(20)) + " " + Ranks(Data.Words(20), Data.Words(10));

    private static int Taken(List<string> words)
    {
        var taken = 0;
        while (words.Count > 0)
        {
            var least = words.Min(); // HOT0812 stays
            words.Remove(least!);
            taken = taken * 31 + least!.Length;
        }

        return taken;
    }

    private static int Ranks(List<string> words, List<string> asked)
    {
        var ranks = 0;
        foreach (var word in asked)
            ranks += words.OrderBy(other => other.Length).TakeWhile(other => other.Length < word.Length).Count(); // HOT0812

        return ranks;
    }
}
