namespace Consumer;

internal static class HOT0702
{
    public static string Run() => Joined(Data.Words(40));

    private static string Joined(List<string> words)
    {
        var text = "";
        for (var i = 0; i < words.Count; i++) // HOT0702
        {
            if (i > 0)
                text += ", ";

            text += words[i];
        }

        return text;
    }
}
