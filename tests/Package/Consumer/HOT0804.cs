namespace Consumer;

internal static class HOT0804
{
    public static string Run() => Pairs(Data.Words(20), Words(30)) + " " + Total(Words(20), Words(30));

    private static int Pairs(List<string> texts, IEnumerable<Word> words)
    {
        var pairs = 0;
        foreach (var text in texts)
        {
            foreach (var word in words) // HOT0804 stays
            {
                if (word.Text == text)
                    pairs++;
            }
        }

        return pairs;
    }

    private static int Total(List<Word> asked, List<Word> words)
    {
        var total = 0;
        foreach (var one in asked)
        {
            foreach (var word in words) // HOT0804
            {
                if (word.Text == one.Text)
                    total += word.Length;
            }
        }

        return total;
    }

    private static List<Word> Words(int count) => Data.Words(count).Select(text => new Word(text, text.Length)).ToList();

    private sealed record Word(string Text, int Length);
}
