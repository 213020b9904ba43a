namespace Consumer;

internal static class HOT0810
{
    public static string Run() => First(Data.Words(20), "word14") + " " + Has(Data.Words(20), "word14");

    private static int First(List<string> words, string wanted)
    {
        var lengths = words.ToDictionary(word => word, word => word.Length);
        return lengths.First(pair => pair.Key == wanted).Value; // HOT0810 stays
    }

    private static bool Has(List<string> words, string wanted)
    {
        var lengths = words.ToDictionary(word => word, word => word.Length);
        return lengths.Any(pair => pair.Key == wanted); // HOT0810
    }
}
