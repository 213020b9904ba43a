namespace Consumer;

internal static class HOT1901
{
    public static string Run()
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, Data.Words(30));
        var result = Unseen(path, line => line) + "|" + Header(path) + "|" + Letters(path);
        File.Delete(path);
        return result;
    }

    private static string Unseen(string path, Func<string, string> change)
    {
        foreach (var line in File.ReadAllLines(path)) // HOT1901 stays
        {
            if (line.Length > 4)
                return change(line);
        }

        return "";
    }

    private static string Header(string path) => File.ReadAllLines(path).First(); // HOT1901

    private static int Letters(string path)
    {
        var letters = 0;
        foreach (var line in File.ReadAllLines(path)) // HOT1901
            letters += line.Length;

        return letters;
    }
}
