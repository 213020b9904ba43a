namespace HotPath.Tests;

public sealed class SplitWholeFileTests : RuleTests<SplitWholeFileAnalyzer>
{
    private static string Class(string statements) => $$"""
        using System.Net.Http;
        using System.Security.Cryptography;

        class C
        {
            async Task<object?> M(string path, StreamReader reader, HashAlgorithm hash, HttpClient client, char separator, int n)
            {
                {{statements}}
                await Task.Yield();
                return null;
            }

            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("foreach (var line in [|File.ReadAllText(path)|].Split('\\n')) Use(line);")]
    [InlineData("var lines = [|File.ReadAllText(path)|].Split(\"\\r\\n\");\nUse(lines);")]
    [InlineData("var text = [|File.ReadAllText(path, Encoding.UTF8)|];\nUse(text.Split(new[] { '\\r', '\\n' }, StringSplitOptions.RemoveEmptyEntries));")]
    [InlineData("Use([|File.ReadAllText(path)|].Split(Environment.NewLine));")]
    [InlineData("Use((await [|File.ReadAllTextAsync(path)|]).Split('\\n'));")]
    [InlineData("Use([|reader.ReadToEnd()|].Split('\\n', StringSplitOptions.TrimEntries));")]
    [InlineData("var text = await [|reader.ReadToEndAsync()|];\nforeach (var line in text.Split('\\n')) Use(line);")]
    [InlineData("Use([|File.ReadAllBytes(path)|].Length);")]
    [InlineData("var bytes = await [|File.ReadAllBytesAsync(path)|];\nUse(bytes.LongLength);")]
    [InlineData("Use([|File.ReadAllBytes(path)|].Count(b => b == 10));")]
    [InlineData("foreach (var b in [|File.ReadAllBytes(path)|]) n += b;")]
    [InlineData("Use(SHA256.HashData([|File.ReadAllBytes(path)|]));")]
    [InlineData("var bytes = [|File.ReadAllBytes(path)|];\nUse(hash.ComputeHash(bytes));")]
    public Task Tells_of_whole_files(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_the_call() => ReportsInfo(Class("Use([|File.ReadAllText(path)|].Split('\\n'));"), "'File.ReadAllText(path)' loads everything at once to cut it into lines; File.ReadLines gives them one by one");

    [Theory]
    [InlineData("Use(File.ReadAllText(path));")]
    [InlineData("Use(File.ReadAllText(path).Split(','));")]
    [InlineData("Use(File.ReadAllText(path).Split(separator));")]
    [InlineData("Use(File.ReadAllText(path).Split('\\n', ','));")]
    [InlineData("Use(File.ReadAllText(path).Split());")]
    [InlineData("var text = File.ReadAllText(path); Use(text.Split('\\n')); Use(text);")]
    [InlineData("Use(File.ReadAllText(path).Length);")]
    [InlineData("var bytes = File.ReadAllBytes(path); Use(bytes.Length); Use(bytes);")]
    [InlineData("Use(File.ReadAllBytes(path)[0]);")]
    [InlineData("var bytes = File.ReadAllBytes(path); Use(SHA256.HashData(bytes)); Use(bytes);")]
    [InlineData("foreach (var b in File.ReadAllBytes(path)) File.Delete(path);")]
    [InlineData("Use((await client.GetStringAsync(path)).Split('\\n'));")]
    [InlineData("Use(new StringReader(path).ReadToEnd().Split('\\n'));")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task Without_a_method_for_streams_the_bytes_are_needed() => Reports("using System.IO; class Hash { public static byte[] HashData(byte[] bytes) => bytes; static void M(string path) => HashData(File.ReadAllBytes(path)); }");

    [Fact]
    public Task In_every_placement() => ReportsEverywhere("Console.WriteLine([|File.ReadAllText(\"a\")|].Split('\\n').Length);");
}
