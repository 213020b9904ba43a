using System.Text.Json;

namespace Consumer;

internal static class HOT1904
{
    public static string Run()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "[1, 2, 3]");
        var result = Count(path) + "|" + First(path);
        File.Delete(path);
        return result;
    }

    private static int Count(string path)
    {
        var numbers = JsonSerializer.Deserialize<int[]>(File.ReadAllText(path)); // HOT1904 stays
        return numbers!.Length;
    }

    private static int First(string path)
    {
        using var stream = new MemoryStream(File.ReadAllBytes(path)); // HOT1904
        return stream.ReadByte();
    }
}
