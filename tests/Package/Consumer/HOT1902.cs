namespace Consumer;

internal static class HOT1902
{
    public static string Run()
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, Data.Words(30));
        var result = Letters(path) + "|" + File.ReadAllBytes(path).Length; // HOT1902 stays
        File.Delete(path);
        return result;
    }

    private static int Letters(string path)
    {
        var letters = 0;
        foreach (var line in File.ReadAllText(path).Split('\n')) // HOT1902 stays
            letters += line.Trim().Length;

        return letters;
    }
}
