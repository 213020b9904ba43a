namespace Consumer;

internal static class HOT0503
{
    public static string Run() => string.Join(",", Numbered(Data.Words(20))) + "|" + string.Join(",", Lengths(Data.Words(20)));

    private static List<string> Numbered(List<string> words)
    {
        var numbered = new List<string>(/* so far */);
        foreach (var word in words) // HOT0503 stays
            numbered.Add(Next(word));

        return numbered;

        string Next(string word) => numbered.Count + word;
    }

    private static List<int> Lengths(List<string> words)
    {
        var lengths = new List<int>();
        foreach (var word in words) // HOT0503
            lengths.Add(word.Length);

        return lengths;
    }
}
