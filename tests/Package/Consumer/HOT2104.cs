namespace Consumer;

internal static class HOT2104
{
    public static string Run() => Sorted(Data.Words(12), 4) + "|" + Letters(Data.Words(12));

    private static int Sorted(List<string> words, int room)
    {
        var found = 0;
        foreach (var word in words)
        {
            var letters = new List<char>(room); // HOT2104 stays
            letters.AddRange(word);
            letters.Sort();
            found += letters[0];
        }

        return found;
    }

    private static int Letters(List<string> words)
    {
        var found = 0;
        foreach (var word in words)
        {
            var counts = new int[1000]; // HOT2104
            foreach (var letter in word)
                counts[letter]++;

            found += counts['w'] + counts['1'];
        }

        return found;
    }
}
