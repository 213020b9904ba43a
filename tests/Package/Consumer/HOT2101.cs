namespace Consumer;

internal static class HOT2101
{
    public static string Run() => HasPrefix(Data.Words(9)[3]) + "|" + IsWord(Data.Words(9)[4]) + "|" + Field("a;b;c") + "|" + Count(Data.Words(30));

    private static bool HasPrefix(string? text) =>
        text?.Substring(0, 4) == "word"; // HOT2101 stays

    private static bool IsWord(string text) =>
        text.Substring(0, 4) == "word"; // HOT2101

    private static string Field(string line) =>
        line.Split(';')[1]; // HOT2101

    private static int Count(List<string> words) =>
        words.ToArray().Length; // HOT2101
}
