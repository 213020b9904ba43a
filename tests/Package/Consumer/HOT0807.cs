namespace Consumer;

internal static class HOT0807
{
    public static string Run() => Numbered(Data.Words(20)) + " " + NumberedDistinct(Data.Words(20));

    private static string Numbered(List<string> words)
    {
        var text = new System.Text.StringBuilder();
        foreach (var word in words)
            text.Append(words.IndexOf(word)).Append(word); // HOT0807 stays

        return text.ToString();
    }

    private static string NumberedDistinct(List<string> words)
    {
        var text = new System.Text.StringBuilder();
        var distinct = words.Distinct().ToList();
        foreach (var word in distinct)
            text.Append(distinct.IndexOf(word)).Append(word); // HOT0807

        return text.ToString();
    }
}
