namespace Consumer;

internal static class HOT2102
{
    public static string Run() => Numbered(Data.Words(40)) + "|" + Counted(Data.Words(40));

    private static string Numbered(IEnumerable<string> words)
    {
        var last = "";
        for (var i = 0; i < words.Count(); i++) // HOT2102 stays
            last = i + words.ElementAt(i);

        return last;
    }

    private static int Counted(List<string> words)
    {
        var set = new HashSet<string>(words);
        var letters = 0;
        for (var i = 0; i < set.Count; i++)
            letters += set.ElementAt(i).Length; // HOT2102

        return letters;
    }
}
