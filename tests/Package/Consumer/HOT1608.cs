namespace Consumer;

internal static class HOT1608
{
    public static string Run()
    {
        var path = Path.GetTempFileName();
        Try(path, Data.Words(12), line => line + ";");
        Save(path, Data.Words(20));
        var result = File.ReadAllText(path);
        File.Delete(path);
        return result;
    }

    private static void Try(string path, List<string> words, Func<string, string> change)
    {
        foreach (var word in words)
            File.AppendAllText(path, change(word)); // HOT1608 stays
    }

    private static void Save(string path, List<string> words)
    {
        foreach (var word in words)
            File.AppendAllText(path, word + ","); // HOT1608
    }
}
