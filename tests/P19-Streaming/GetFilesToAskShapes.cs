namespace HotPath.Tests;

/// <summary>Folders, with and without entries or not there at all, that are listed to ask one thing.</summary>
public sealed class GetFilesToAskShapes : Shape<GetFilesToAskAnalyzer, GetFilesToAskFix>
{
    public override bool VariesCulture => false;

    public override GeneratedProgram Compose(Choices choose)
    {
        var fresh = 0;

        (string Text, bool IsInfo) Listing() => choose.Below(4) switch
        {
            1 => ($"new DirectoryInfo(folder).{choose.Of("GetFiles()", "GetDirectories()", "GetFileSystemInfos(\"*a*\")")}", true),
            2 => (choose.Of("Directory.GetFiles(folder, \"*\", SearchOption.AllDirectories)", "Directory.GetFiles(folder, \"*\", SearchOption.TopDirectoryOnly)", "Directory.GetFiles(\"\")"), false),
            _ => ($"Directory.{choose.Of("GetFiles", "GetFiles", "GetDirectories", "GetFileSystemEntries")}(folder{choose.Of("", "", ", \"*.txt\"")})", false),
        };
        string Name(string entry, bool isInfo) => isInfo ? $"{entry}.Name" : $"Path.GetFileName({entry})";
        string Condition(bool isInfo) => choose.Of($"{Name("e", isInfo)} != \"a\"", $"Trace.Log({Name("e", isInfo)}, true)", $"{Name("e", isInfo)}.Length > n", isInfo ? "e.Exists" : "File.Exists(e)", isInfo ? "Remove(e.FullName)" : "Remove(e)");
        string Asked(string entries, bool isInfo)
        {
            var filter = choose.Perhaps(30, () => $".Where(e => {Condition(isInfo)})");
            return choose.Below(9) switch
            {
                1 => $"{entries}.Length {choose.Of("> 0", "== 0", "!= 0", ">= 1", "< 1", "> 1")}",
                2 => $"{entries}.Count() > 0",
                3 => $"{entries}{filter}.Select(e => {Name("e", isInfo)}).{choose.Of("First()", "FirstOrDefault()", "Any()", "Contains(\"a\")", "Last()")}",
                4 => $"{entries}{filter}.Any(e => {Condition(isInfo)})",
                5 => $"{entries}.Length",
                6 => $"({entries}{filter}.All(e => {Condition(isInfo)}) ? 1 : 2)",
                7 => $"{entries}{filter}.Select(e => {Name("e", isInfo)}).Skip(1).FirstOrDefault()",
                _ => $"{entries}{filter}.Any()",
            };
        }

        string Question()
        {
            var (listing, isInfo) = Listing();
            var local = "entries" + ++fresh;
            return choose.Below(5) switch
            {
                1 => $"var {local} = {listing};\n{choose.Of("", "", "var start" + fresh + " = n;", "Trace.Log(n);", "if (n > 1)\nreturn n;", "File.Delete(Path.Combine(folder, \"a\"));")}\nTrace.Log({Asked(local, isInfo)});",
                2 => $"if (Equals({Asked(listing, isInfo)}, true))\nTrace.Log(\"some\");",
                3 => $"try\n{{\nTrace.Log({Asked(listing, isInfo)});\n}}\ncatch (InvalidOperationException)\n{{\nTrace.Log(\"none\");\n}}",
                _ => $"Trace.Log({Asked(listing, isInfo)});",
            };
        }

        var statements = choose.Lines(1, 3, Question);
        var types = $$"""
            class Program
            {
                public static object Run(string path, string[] names, int n)
                {
                    var folder = path + ".d";
                    if (n != 3)
                        Directory.CreateDirectory(Path.Combine(folder));
                    foreach (var name in names)
                        File.WriteAllText(Path.Combine(folder, name), "");
                    if (names.Length > 1)
                        Directory.CreateDirectory(Path.Combine(folder, "sub"));

                    try
                    {
                        return Ask(folder, n);
                    }
                    finally
                    {
                        if (Directory.Exists(folder))
                            Directory.Delete(folder, true);
                    }
                }

                private static object Ask(string folder, int n)
                {
            {{string.Join("\n", statements.Split('\n').Where(line => line.Length > 0).Select(line => "        " + line))}}
                    return n;
                }

                private static bool Remove(string entry)
                {
                    if (File.Exists(entry))
                        File.Delete(entry);

                    return true;
                }
            }

            """;
        return new("", types, [[Arguments.File.Instance, Array.Empty<string>(), 1], [Arguments.File.Instance, new[] { "a" }, 2], [Arguments.File.Instance, new[] { "a", "b.txt", "ac" }, 1], [Arguments.File.Instance, Array.Empty<string>(), 3]]);
    }
}
