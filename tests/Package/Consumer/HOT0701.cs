namespace Consumer;

internal static class HOT0701
{
    public static string Run() => Reversed(Data.Words(40)) + "|" + Totals(Data.Words(40));

    private static string Reversed(List<string> words)
    {
        var text = "";
        foreach (var word in words)
            text = word + text; // HOT0701 stays

        return text;
    }

    private static string Totals(List<string> words)
    {
        var text = "";
        var total = 0;
        foreach (var word in words)
        {
            total += word.Length;
            text += word + ":" + total + "\n"; // HOT0701
        }

        return text;
    }
}
