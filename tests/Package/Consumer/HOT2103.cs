namespace Consumer;

internal static class HOT2103
{
    public static string Run() => Letters(Data.Words(20)) + "|" + IsPalindrome("saippuakivikauppias");

    private static int Letters(List<string> words) => // HOT2103 stays
        words.Count == 0 ? 0 : words[0].Length + Letters(words.Skip(1).ToList());

    private static bool IsPalindrome(string text) => // HOT2103
        text.Length < 2 || text[0] == text[^1] && IsPalindrome(text.Substring(1, text.Length - 2));
}
