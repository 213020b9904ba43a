namespace Consumer;

internal static class HOT0601
{
    public static string Run() => Sum(Data.Words(20)) + "|" + Letters(Data.Words(40)) + "|" + Joined(Data.Words(15));

    private static int Sum(List<string> words)
    {
        var sum = 0;
        foreach (var number in words.Select(word => int.Parse(word.Substring(4))).ToList()) // HOT0601 stays
            sum += number;

        return sum;
    }

    private static int Letters(List<string> words)
    {
        var letters = 0;
        foreach (var word in words.Where(word => word.Length > 5).ToList()) // HOT0601
            letters += word.Length;

        return letters;
    }

    private static string Joined(List<string> words) =>
        string.Join(", ", words.Where(word => word.Length == 5).ToArray()); // HOT0601
}
