using System.Text.RegularExpressions;

namespace HotPath.Tests;

/// <summary>A file, or a part of one, that is derived from the rules: <c>UPDATE=1 dotnet test</c> writes it, plain <c>dotnet test</c> checks it.</summary>
public static class Generated
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE") == "1";

    /// <summary>Checks or writes the file. <paramref name="derive"/> gets its text, empty where there is none yet, and gives what it should be.</summary>
    public static void Check(string path, Func<string, string> derive)
    {
        var full = Repository.FullPath(path);
        var now = File.Exists(full) ? File.ReadAllText(full) : "";
        var derived = derive(now).ReplaceLineEndings("\n");

        if (now == derived)
            return;

        Assert.True(Update, $"{path} is out of date: run 'UPDATE=1 dotnet test' and commit it.\n{FirstDifference(derived, now)}");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, derived);
    }

    /// <summary>The text with what stands between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c> replaced.</summary>
    public static string WithBlock(string text, string name, string content)
    {
        var (start, end) = (Open(name), Close(name));
        var from = text.IndexOf(start, StringComparison.Ordinal);
        var to = from < 0 ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);

        Assert.True(to >= 0, $"The markers '{start}' and '{end}' are missing.");
        return string.Concat(text.AsSpan(0, from + start.Length), $"\n{content.Trim('\n')}\n", text.AsSpan(to));
    }

    /// <summary>Whether the text has the markers of a block.</summary>
    public static bool HasBlock(string text, string name) => text.Contains(Open(name), StringComparison.Ordinal) && text.Contains(Close(name), StringComparison.Ordinal);

    /// <summary>What stands in a block now.</summary>
    public static string Block(string text, string name) =>
        Regex.Match(text, $"{Regex.Escape(Open(name))}\n(?<content>.*?)\n?{Regex.Escape(Close(name))}", RegexOptions.Singleline).Groups["content"].Value;

    private static string Open(string name) => $"<!-- {name} -->";

    private static string Close(string name) => $"<!-- /{name} -->";

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;

        return $"line {line + 1}\n  should be: {(line < left.Length ? left[line] : "(end)")}\n  is:        {(line < right.Length ? right[line] : "(end)")}";
    }
}
