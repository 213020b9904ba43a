namespace Consumer;

internal static class HOT0805
{
    public static string Run() => Serve(Data.Words(20)) + " " + Reversed(Data.Words(20));

    private static string Serve(List<string> waiting)
    {
        var served = "";
        while (waiting.Count > 0)
        {
            served = waiting[0];
            waiting.RemoveAt(0); // HOT0805 stays
        }

        return served;
    }

    private static string Reversed(List<string> words)
    {
        var reversed = new List<string>();
        foreach (var word in words)
            reversed.Insert(0, word); // HOT0805

        return string.Join(",", reversed);
    }
}
