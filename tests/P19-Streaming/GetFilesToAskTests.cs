namespace HotPath.Tests;

public sealed class GetFilesToAskTests : RuleTests<GetFilesToAskAnalyzer, GetFilesToAskFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            bool M(string path, DirectoryInfo folder, Func<string, bool> ask, int n)
            {
                {{statements}}
                return n > 1;
            }

            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("return [|Directory.GetFiles(path)|].Any();")]
    [InlineData("return [|Directory.GetFiles(path, \"*.txt\")|].Length > 0;")]
    [InlineData("return [|Directory.GetDirectories(path)|].Length == 0;")]
    [InlineData("return 0 != [|Directory.GetFileSystemEntries(path)|].Length;")]
    [InlineData("return [|Directory.GetFiles(path)|].Count() > 0;")]
    [InlineData("Use([|Directory.GetFiles(path)|].First());")]
    [InlineData("Use([|Directory.GetFiles(path, \"*.txt\", SearchOption.AllDirectories)|].FirstOrDefault());")]
    [InlineData("return [|Directory.GetFiles(path)|].Any(file => file.EndsWith(\".txt\"));")]
    [InlineData("Use([|Directory.GetFiles(path)|].Where(file => File.Exists(file)).Select(Path.GetFileName).FirstOrDefault());")]
    [InlineData("return [|folder.GetFiles()|].Length > 0;")]
    [InlineData("return [|folder.GetFileSystemInfos()|].Any();")]
    [InlineData("Use([|new DirectoryInfo(path).GetDirectories()|].First(d => d.Name == path));")]
    [InlineData("var files = [|Directory.GetFiles(path)|];\nif (files.Length == 0) return true;")]
    [InlineData("var files = [|Directory.GetFiles(path)|];\nvar first = files.FirstOrDefault();\nUse(first);")]
    [InlineData("if ([|Directory.GetFiles(path)|].Length == 0) Directory.Delete(path);")]
    public Task Tells_of_questions(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_the_listing() => ReportsInfo(Class("return [|Directory.GetFiles(path)|].Length > 0;"), "'Directory.GetFiles(path)' lists the whole folder to ask whether there is one; 'EnumerateFiles' stops at the first entry that answers");

    [Theory]
    [InlineData("foreach (var file in Directory.GetFiles(path)) Use(file);")]
    [InlineData("Use(Directory.GetFiles(path));")]
    [InlineData("n = Directory.GetFiles(path).Length;")]
    [InlineData("n = Directory.GetFiles(path).Count();")]
    [InlineData("return Directory.GetFiles(path).Length > 3;")]
    [InlineData("Use(Directory.GetFiles(path)[0]);")]
    [InlineData("Use(Directory.GetFiles(path).Last());")]
    [InlineData("Use(Directory.GetFiles(path).OrderBy(file => file).First());")]
    [InlineData("Use(Directory.GetFiles(path).Select(Path.GetFileName).ToList());")]
    [InlineData("var files = Directory.GetFiles(path); if (files.Length > 0) Use(files[0]);")]
    [InlineData("return Directory.GetFiles(path).Any(file => { File.Delete(file); return true; });")]
    [InlineData("var files = Directory.GetFiles(path); File.Delete(path); return files.Any();")]
    [InlineData("return Directory.EnumerateFiles(path).Any();")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task A_type_of_that_name_is_none_of_ours() => Reports("namespace Mine { static class Directory { public static string[] GetFiles(string path) => []; } class C { static bool M(string path) => Directory.GetFiles(path).Any(); } }");

    [Fact]
    public Task In_every_placement() => FixesEverywhere("Console.WriteLine([|Directory.GetFiles(\"a\")|].Length == 0);", "Console.WriteLine(!Directory.EnumerateFiles(\"a\").Any());");

    [Theory]
    [InlineData("return [|Directory.GetFiles(path)|].Any();", "return Directory.EnumerateFiles(path).Any();")]
    [InlineData("return n > 3 == [|Directory.GetFiles(path)|].Length <= 0;", "return n > 3 == (!Directory.EnumerateFiles(path).Any());")]
    [InlineData("return [|Directory.GetFiles(path, \"*.txt\")|].Length > 0 && n > 3;", "return Directory.EnumerateFiles(path, \"*.txt\").Any() && n > 3;")]
    [InlineData("if (n > 3 || [|folder.GetDirectories()|].Count() < 1) n++;", "if (n > 3 || !folder.EnumerateDirectories().Any()) n++;")]
    [InlineData("var first = [|Directory.GetFiles(path)|] // all\n            .First(file => File.Exists(file));", "var first = Directory.EnumerateFiles(path) // all\n            .First(file => File.Exists(file));")]
    [InlineData("Use([|folder.GetFileSystemInfos()|].FirstOrDefault());", "Use(folder.EnumerateFileSystemInfos().FirstOrDefault());")]
    [InlineData("string[] files = [|Directory.GetFiles(path)|];\n        if (files.Length == 0) return true;", "var files = Directory.EnumerateFiles(path);\n        if (!files.Any()) return true;")]
    [InlineData("Use([|Directory.GetFileSystemEntries(path, \"*\", SearchOption.TopDirectoryOnly)|].Any());", "Use(Directory.EnumerateFileSystemEntries(path, \"*\", SearchOption.TopDirectoryOnly).Any());")]
    public Task Asks_one_by_one(string before, string after) => Fixes(Class(before), Class(after));

    [Fact]
    public Task Other_frameworks_have_it_too() => Fixes(
        "class C\n{\n    static bool M(string path) => [|Directory.GetFiles(path)|].Length > 0;\n}\n",
        "class C\n{\n    static bool M(string path) => Directory.EnumerateFiles(path).Any();\n}\n", target: Target.Net472);

    [Theory]
    // Below may be a folder that must not be read.
    [InlineData("return [|Directory.GetFiles(path, \"*\", SearchOption.AllDirectories)|].Any();")]
    [InlineData("return [|Directory.GetFiles(path, \"*\", new EnumerationOptions())|].Any();")]
    [InlineData("return [|Directory.GetFiles(path)|].Any(ask);")]
    [InlineData("var files = [|Directory.GetFiles(path)|]; if (n > 3) return true; return files.Any();")]
    [InlineData("return [|Directory.GetFiles(path)|].Length /* some */ > 0;")]
    public Task Has_no_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("Directory.GetFiles(folder).Any()")]
    [InlineData("Directory.GetFiles(folder).Length > 0 ? 1 : 2")]
    [InlineData("Directory.GetFiles(folder, \"*.txt\").Length == 0")]
    [InlineData("Path.GetFileName(Directory.GetFiles(folder).First())")]
    [InlineData("Path.GetFileName(Directory.GetFiles(folder).FirstOrDefault(file => Trace.Log(\"asked\", file.EndsWith(\"b\"))))")]
    [InlineData("new DirectoryInfo(folder).GetFileSystemInfos().Select(entry => entry.Name).FirstOrDefault()")]
    [InlineData("new DirectoryInfo(folder).GetDirectories().Count() != 0")]
    [InlineData("Directory.GetFiles(folder, null!).Any()")]
    [InlineData("Directory.GetFiles(\"\").Any()")]
    public Task Does_the_same(string expression) => FixesAndRuns($$"""
        class C
        {
            static object? Run(string path, string[] names)
            {
                var folder = path + ".d";
                if (names.Length != 1)
                    Directory.CreateDirectory(folder);
                if (names.Length > 3)
                    Directory.CreateDirectory(Path.Combine(folder, "sub"));
                foreach (var name in names.Skip(1))
                    File.WriteAllText(Path.Combine(folder, name), "");

                try
                {
                    return {{expression}};
                }
                finally
                {
                    if (Directory.Exists(folder))
                        Directory.Delete(folder, recursive: true);
                }
            }
        }
        """, [[NewFile, Array.Empty<string>()], [NewFile, new[] { "none" }], [NewFile, new[] { "", "a.txt", "b" }], [NewFile, new[] { "", "a", "b", "c" }]]);
}
