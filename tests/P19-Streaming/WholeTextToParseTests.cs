namespace HotPath.Tests;

public sealed class WholeTextToParseTests : RuleTests<WholeTextToParseAnalyzer, WholeTextToParseFix>
{
    private static string Class(string statements) => $$"""
        using System.Text.Json;
        using System.Net.Http;

        class C
        {
            async Task<object?> M(string path, StreamReader reader, HttpClient client, JsonSerializerOptions options, List<Stream> kept, CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
                return null;
            }

            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path)|]));")]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path)|], options));")]
    [InlineData("var json = [|File.ReadAllText(path)|];\nUse(JsonSerializer.Deserialize(json, typeof(int[])));")]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>(await [|File.ReadAllTextAsync(path)|]));")]
    [InlineData("var json = await [|client.GetStringAsync(path)|];\nreturn JsonSerializer.Deserialize<int[]>(json);")]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>([|reader.ReadToEnd()|]));")]
    [InlineData("using var response = await client.GetAsync(path);\nvar json = await [|response.Content.ReadAsStringAsync()|];\nreturn JsonSerializer.Deserialize<int[]>(json);")]
    [InlineData("using var document = JsonDocument.Parse([|File.ReadAllText(path)|]);")]
    [InlineData("using var stream = new MemoryStream([|File.ReadAllBytes(path)|]);\nusing var text = new StreamReader(stream);\nUse(text.ReadLine());")]
    [InlineData("using var text = new StreamReader(new MemoryStream([|File.ReadAllBytes(path)|]));")]
    public Task Tells_of_whole_texts(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_call_and_parser() => ReportsInfo(Class("Use(JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path)|]));"), "'File.ReadAllText(path)' loads everything at once for 'JsonSerializer.Deserialize', which can read from a stream");

    [Theory]
    [InlineData("var json = File.ReadAllText(path); Use(JsonSerializer.Deserialize<int[]>(json)); Use(json);")]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>(path));")]
    [InlineData("Use(int.Parse(File.ReadAllText(path)));")]
    [InlineData("kept.Add(new MemoryStream(File.ReadAllBytes(path)));")]
    [InlineData("var stream = new MemoryStream(File.ReadAllBytes(path)); stream.WriteByte(1);")]
    [InlineData("var stream = new MemoryStream(File.ReadAllBytes(path)); Use(stream.ToArray());")]
    [InlineData("var stream = new MemoryStream(File.ReadAllBytes(path), writable: false); Use(stream.ReadByte());")]
    [InlineData("return new MemoryStream(File.ReadAllBytes(path));")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task A_parser_of_that_name_is_none_of_ours() => Reports("using System.IO; static class JsonSerializer { public static T Deserialize<T>(string json) => default!; public static T Deserialize<T>(Stream json) => default!; static int M(string path) => Deserialize<int>(File.ReadAllText(path)); }");

    [Theory]
    [InlineData("return JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path)|], options);", "using var stream = File.OpenRead(path);\n        return JsonSerializer.Deserialize<int[]>(stream, options);")]
    [InlineData("var json = [|File.ReadAllText(path)|];\n        return JsonSerializer.Deserialize<int[]>(json, options);", "using var stream = File.OpenRead(path);\n        return JsonSerializer.Deserialize<int[]>(stream, options);")]
    [InlineData("// All of them.\n        var json = await [|File.ReadAllTextAsync(path)|];\n        var numbers = JsonSerializer.Deserialize<List<int>>(json) ?? [];", "// All of them.\n        await using var stream = File.OpenRead(path);\n        var numbers = await JsonSerializer.DeserializeAsync<List<int>>(stream) ?? [];")]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>(await [|File.ReadAllTextAsync(path)|]));", "await using var stream = File.OpenRead(path);\n        Use(await JsonSerializer.DeserializeAsync<int[]>(stream));")]
    [InlineData("return JsonSerializer.Deserialize<int[]>(await [|File.ReadAllTextAsync(path, token)|], options)!.Length;", "await using var stream = File.OpenRead(path);\n        return (await JsonSerializer.DeserializeAsync<int[]>(stream, options, token))!.Length;")]
    [InlineData("return JsonSerializer.Deserialize<int[]>(await [|File.ReadAllTextAsync(path, token)|].ConfigureAwait(false));", "using var stream = File.OpenRead(path);\n        return await JsonSerializer.DeserializeAsync<int[]>(stream, cancellationToken: token).ConfigureAwait(false);")]
    [InlineData("var numbers = JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path, Encoding.UTF8)|]);", "using var stream = File.OpenRead(path);\n        var numbers = JsonSerializer.Deserialize<int[]>(stream);")]
    public Task Reads_from_the_file(string before, string after) => Fixes(Class(before), Class(after), changes: true);

    [Fact]
    public Task A_stream_in_memory_is_the_file() => Fixes(
        Class("using var stream = new MemoryStream([|File.ReadAllBytes(path)|]);\n        using var text = new StreamReader(stream);\n        Console.WriteLine(text.ReadLine());"),
        Class("using var stream = File.OpenRead(path);\n        using var text = new StreamReader(stream);\n        Console.WriteLine(text.ReadLine());"));

    [Theory]
    [InlineData("using var document = JsonDocument.Parse(await [|File.ReadAllTextAsync(path)|]);")]
    [InlineData("var json = await [|File.ReadAllTextAsync(path)|]; await Task.Delay(1); Use(JsonSerializer.Deserialize<int[]>(json));")]
    [InlineData("var json = [|File.ReadAllText(path)|]; try { Use(JsonSerializer.Deserialize<int[]>(json)); } catch (JsonException) { }")]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>(await [|File.ReadAllTextAsync(path)|])); await Task.Delay(1);")]
    [InlineData("var numbers = JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path)|]); File.WriteAllText(path, \"[]\");")]
    [InlineData("if (kept.Count > 3) Use(JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path)|]));")]
    [InlineData("Use(JsonSerializer.Deserialize<int[]>([|File.ReadAllText(path, Encoding.Latin1)|]));")]
    [InlineData("var stream = new MemoryStream([|File.ReadAllBytes(path)|]); Use(stream.ReadByte());")]
    [InlineData("using var stream = new MemoryStream([|File.ReadAllBytes(path)|]); File.Delete(path); Use(stream.ReadByte());")]
    public Task Has_no_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("var numbers = System.Text.Json.JsonSerializer.Deserialize<int[]>(File.ReadAllText(path)); return numbers;")]
    [InlineData("var json = File.ReadAllText(path); return System.Text.Json.JsonSerializer.Deserialize<int[]>(json);")]
    [InlineData("return Task.Run(async () => { var json = await File.ReadAllTextAsync(path); return System.Text.Json.JsonSerializer.Deserialize<int[]>(json)!.Length; }).GetAwaiter().GetResult();")]
    [InlineData("return System.Text.Json.JsonSerializer.Deserialize<List<int>>(File.ReadAllText(path, Encoding.UTF8));")]
    [InlineData("using var stream = new MemoryStream(File.ReadAllBytes(path)); using var text = new StreamReader(stream); return text.ReadToEnd();")]
    [InlineData("using var stream = new MemoryStream(File.ReadAllBytes(path)); var sum = 0; for (var b = stream.ReadByte(); b >= 0; b = stream.ReadByte()) sum += b; return sum;")]
    public Task Does_the_same(string statements) => FixesAndRuns($$"""
        class C
        {
            static object? Run(string path, string content)
            {
                if (content != "none")
                    File.WriteAllText(path, content);
                try
                {
                    return Read(path);
                }
                finally
                {
                    File.WriteAllText(path, "closed");
                }
            }

            static object? Read(string path)
            {
                {{statements}}
            }
        }
        """, [[NewFile, "[1,2]"], [NewFile, ""], [NewFile, "[\"ß\"]"], [NewFile, "none"]], changes: true);
}
