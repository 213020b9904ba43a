using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

public sealed class UnreadableFileTests
{
    private const string Profile = """{ "$schema": "https://www.speedscope.app/file-format-schema.json", "shared": { "frames": [] }, "profiles": [] }""";

    [Theory]
    [InlineData("app.speedscope.json", Profile)]
    [InlineData("app.speedscope.json", "\n " + Profile + "\r\n")]
    [InlineData("APP.SpeedScope.JSON", Profile)]
    [InlineData("app.hotpath", "# hotpath-profile 1\n# app.dll  samples=1\n")]
    [InlineData("app.hotpath", "# hotpath-profile 1\r\n")]
    [InlineData("schema.sql", "create table t (id integer primary key);")]
    [InlineData("schema.sql", "")]
    [InlineData("schema.sql", "-- ünïcode is text")]
    public async Task Quiet_about_files_that_can_be_read(string name, string text) => Assert.Empty(await Findings(new File("/app/" + name, text)));

    [Theory]
    [InlineData("data.json", "")]
    [InlineData("notes.txt", "a\0b")]
    [InlineData("speedscope.json", "not ours by name")]
    [InlineData("hotpath", "no extension")]
    [InlineData("schema.sql.bin", "\0")]
    public async Task Quiet_about_files_that_are_not_meant_for_us(string name, string text) => Assert.Empty(await Findings(new File("/app/" + name, text)));

    [Theory]
    [InlineData("app.speedscope.json", "", "'app.speedscope.json' is left out, because it is empty; write it with 'dotnet-trace collect --format Speedscope'")]
    [InlineData("app.speedscope.json", " \n ", "it is empty")]
    [InlineData("app.speedscope.json", "Nettrace", "it is not a JSON object")]
    [InlineData("app.speedscope.json", "[1, 2]", "it is not a JSON object")]
    [InlineData("app.speedscope.json", "{}", "it is JSON but no speedscope profile")]
    [InlineData("app.speedscope.json", """{ "name": "package", "version": 1 }""", "it is JSON but no speedscope profile")]
    [InlineData("app.speedscope.json", """{ "shared": { "frames": [] }, "profiles": [ { "type": "evented", """, "it ends in the middle of the JSON")]
    [InlineData("app.speedscope.json", "{\0\"\0p\0", "it holds NUL characters, so it is not UTF-8 text; save it as UTF-8")]
    [InlineData("app.hotpath", "", "it does not begin with '# hotpath-profile 1'; write it with 'dotnet hotpath record'")]
    [InlineData("app.hotpath", "# hotpath-profile 2\n", "it begins with '# hotpath-profile 2' instead of '# hotpath-profile 1'; write it with 'dotnet hotpath record' of this version")]
    [InlineData("app.hotpath", "# hotpath-profile 1\nsrc/a.cs:1\0", "it holds NUL characters")]
    [InlineData("schema.sql", "create table \0", "it holds NUL characters")]
    public async Task Names_the_file_what_is_wrong_and_what_to_do(string name, string text, string message)
    {
        var finding = Assert.Single(await Findings(new File("/app/" + name, text)));

        Assert.Contains(message, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains($"'{name}'", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("/app/" + name, finding.Location.GetLineSpan().Path);
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_named() =>
        Assert.Contains("cannot be opened", Assert.Single(await Findings(new File("/app/schema.sql", null))).GetMessage(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Every_unreadable_file_is_named_and_the_readable_ones_are_not() => Assert.Equal(
        ["/a.sql", "/c.hotpath"],
        (await Findings(new File("/a.sql", "\0"), new File("/b.sql", "select 1"), new File("/c.hotpath", "?"))).Select(finding => finding.Location.GetLineSpan().Path).Order());

    /// <summary>The text is read in pieces: what is looked for may begin in one and end in the next.</summary>
    [Theory]
    [InlineData(8180)]
    [InlineData(8185)]
    [InlineData(8192)]
    [InlineData(100_000)]
    public async Task A_large_file_is_read_to_its_end(int padding)
    {
        var large = $$"""{ "name": "{{new string('x', padding)}}", "shared": { "frames": [] }, "profiles": [] }""";

        Assert.Empty(await Findings(new File("/a.speedscope.json", large)));
        Assert.Single(await Findings(new File("/a.speedscope.json", large.Replace("profiles", "profile_"))));
        Assert.Single(await Findings(new File("/a.sql", new string('-', padding) + "\0")));
    }

    private static async Task<IReadOnlyList<Diagnostic>> Findings(params AdditionalText[] files)
    {
        Exception? thrown = null;
        var compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText("class C;")]);
        var found = await compilation
            .WithAnalyzers([new UnreadableFileAnalyzer()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([.. files]), (exception, _, _) => thrown = exception, true, false))
            .GetAnalyzerDiagnosticsAsync();

        Assert.Null(thrown);
        return found;
    }

    private sealed class File(string path, string? text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => text is null ? null : SourceText.From(text, Encoding.UTF8);
    }
}
