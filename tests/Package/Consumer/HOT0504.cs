namespace Consumer;

internal static class HOT0504
{
    public static string Run() => string.Join(",", Reversed(Data.Words(40))) + "|" + string.Join(",", Long(Data.Words(40)));

    private static string[] Reversed(List<string> words)
    {
        string[] reversed = [];
        foreach (var word in words)
            reversed = [word, .. reversed]; // HOT0504 stays

        return reversed;
    }

    private static string[] Long(List<string> words)
    {
        var found = Array.Empty<string>();
        foreach (var word in words)
        {
            if (word.Length > 5)
                found = found.Append(word).ToArray(); // HOT0504
        }

        return found;
    }
}
