namespace Consumer;

internal static class HOT0808
{
    public static string Run() => Trims(Data.Words(20), " word3 ") + " " + Holds(Data.Words(20), "word3");

    private static bool Trims(List<string> words, string wanted) =>
        words.Any(word => word == wanted.Trim()); // HOT0808 stays

    private static bool Holds(List<string> words, string wanted) =>
        words.Any(word => word == wanted); // HOT0808
}
