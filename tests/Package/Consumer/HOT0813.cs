namespace Consumer;

/// <summary>The search is in a method of its own; there is no fix.</summary>
internal static class HOT0813
{
    public static string Run() => Total(Data.Words(20), Words(40)) + " " + Known(Data.Words(20), Data.Words(40));

    private static int Total(List<string> asked, List<Word> words)
    {
        var total = 0;
        foreach (var text in asked)
            total += LengthOf(words, text); // HOT0813 stays

        return total;
    }

    private static int LengthOf(List<Word> words, string text) => words.FirstOrDefault(word => word.Text == text)?.Length ?? 0;

    private static int Known(List<string> asked, List<string> words) =>
        asked.Count(text => IsKnown(words, text)); // HOT0813 stays

    private static bool IsKnown(List<string> words, string text) => IsAmong(words, text.Trim());

    private static bool IsAmong(List<string> words, string text) => text.Length > 0 && words.Contains(text);

    private static List<Word> Words(int count) => Data.Words(count).Select(text => new Word(text, text.Length)).ToList();

    private sealed record Word(string Text, int Length);
}
