namespace Consumer;

/// <summary>What the examples work on.</summary>
internal static class Data
{
    public static List<string> Words(int count)
    {
        var words = new List<string>();
        for (var i = 0; i < count; i++)
            words.Add("word" + (i * 7 % 31));

        return words;
    }

    /// <summary>A database file that lives as long as the work on it.</summary>
    public static string InDatabaseFile(Func<string, string> work)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            return work($"Data Source={path}");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            File.Delete(path);
        }
    }
}
