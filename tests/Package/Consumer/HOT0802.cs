namespace Consumer;

internal static class HOT0802
{
    public static string Run() => string.Join(",", Distinct(Data.Words(40)));

    private static List<string> Distinct(List<string> words)
    {
        var distinct = new List<string>();
        foreach (var word in words)
        {
            if (!distinct.Contains(word)) // HOT0802
                distinct.Add(word);
        }

        return distinct;
    }
}
