using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotPath.Benchmarks;

/// <summary>Committed results: <c>HOT0701.json</c> holds what was measured for HOT0701.</summary>
public static class ResultFile
{
    private static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        WriteIndented = true,
        NewLine = "\n",
        // Processor names hold characters that only HTML has to escape.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file of the rule <paramref name="id"/> in <paramref name="folder"/>.</summary>
    public static string PathOf(string id, string folder) => Path.Combine(folder, id + ".json");

    /// <summary>The result of the rule <paramref name="id"/>; null where there is no file.</summary>
    public static RuleResult? TryLoad(string id, string folder) => File.Exists(PathOf(id, folder)) ? Load(PathOf(id, folder)) : null;

    /// <summary>The results of all files in <paramref name="folder"/>, by id.</summary>
    public static IReadOnlyList<RuleResult> LoadAll(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Load)] : [];

    /// <summary>The result in the file at <paramref name="path"/>.</summary>
    public static RuleResult Load(string path) => Parse(File.ReadAllText(path));

    /// <summary>Writes the file of <paramref name="result"/> into <paramref name="folder"/>.</summary>
    public static void Save(RuleResult result, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(PathOf(result.Id, folder), Text(result));
    }

    /// <summary>The text of a result's file.</summary>
    public static string Text(RuleResult result) => JsonSerializer.Serialize(result, options) + "\n";

    /// <summary>The result that <paramref name="text"/> holds.</summary>
    public static RuleResult Parse(string text) => JsonSerializer.Deserialize<RuleResult>(text, options) ?? throw new JsonException("There is no result.");
}
