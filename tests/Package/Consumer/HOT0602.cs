namespace Consumer;

internal static class HOT0602
{
    public static string Run() => First(Data.Words(40)) + "|" + HasLong(Data.Words(40));

    private static int First(List<string> words) =>
        words.Select(word => int.Parse(word.Substring(4))).ToList()[0]; // HOT0602 stays

    private static bool HasLong(List<string> words) =>
        words.Where(word => word.Length > 5).ToList().Count > 0; // HOT0602
}
