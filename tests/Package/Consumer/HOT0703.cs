namespace Consumer;

internal static class HOT0703
{
    public static string Run() => Reversed(Data.Words(40)) + "|" + Listed(Data.Words(40));

    private static string Reversed(List<string> words) =>
        words.Aggregate("", (text, word) => word + text); // HOT0703 stays

    private static string Listed(List<string> words) =>
        words.Aggregate("", (text, word) => text + word + ";"); // HOT0703
}
