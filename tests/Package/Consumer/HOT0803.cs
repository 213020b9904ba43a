namespace Consumer;

internal static class HOT0803
{
    public static string Run() => string.Join(",", Lengths(Words(20), Data.Words(40))) + " " + string.Join(",", Known(Words(20), Data.Words(30)));

    private static IEnumerable<int> Lengths(List<Word> words, IEnumerable<string> asked) =>
        asked.Select(text => words.First(word => word.Text == text).Length); // HOT0803 stays

    private static List<int> Known(List<Word> words, List<string> asked)
    {
        var lengths = new List<int>();
        foreach (var text in asked)
        {
            if (words.FirstOrDefault(word => word.Text == text) is { } known) // HOT0803
                lengths.Add(known.Length);
        }

        return lengths;
    }

    private static List<Word> Words(int count) => Data.Words(40).Select(text => new Word(text, count + text.Length)).ToList();

    private sealed record Word(string Text, int Length);
}
