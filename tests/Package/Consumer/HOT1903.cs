namespace Consumer;

internal static class HOT1903
{
    public static string Run()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "a.txt"), "");
        var result = Below(folder) + "|" + IsEmpty(folder) + "|" + Path.GetFileName(First(folder));
        Directory.Delete(folder, recursive: true);
        return result;
    }

    private static bool Below(string folder) => Directory.GetFiles(folder, "*.txt", SearchOption.AllDirectories).Any(); // HOT1903 stays

    private static bool IsEmpty(string folder) => Directory.GetFiles(folder).Length == 0; // HOT1903

    private static string First(string folder) => Directory.GetFiles(folder).First(); // HOT1903
}
