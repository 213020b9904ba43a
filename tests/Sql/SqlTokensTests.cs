using System.Diagnostics;
using System.Text;

namespace HotPath.Tests;

public sealed class SqlTokensTests
{
    [Theory]
    [InlineData("SELECT a", "Word:SELECT Word:a")]
    [InlineData("\"a b\" [c d] `e f`", "Name:a b Name:c d Name:e f")]
    [InlineData("\"a\"\"b\" [c]]d] 'it''s'", "Name:a\"b Name:c]d Text:it's")]
    [InlineData("E'it\\'s' N'x' 'a\\'", "Text:it\\'s Text:x Text:a\\")]
    [InlineData("$$ a ' b $$ $t$ $$ $t$", "Text: a ' b  Text: $$ ")]
    [InlineData("@p :p $1 ? ?2 @@x {0} $p", "Parameter:@p Parameter::p Parameter:$1 Parameter:? Parameter:?2 Parameter:@@x Parameter:{0} Parameter:$p")]
    [InlineData("a::text", "Word:a Symbol::: Word:text")]
    [InlineData("a -- b\nc /* ' */ d # e\nf", "Word:a Word:c Word:d Word:f")]
    [InlineData("#temp a[1]", "Word:#temp Word:a Symbol:[ Number:1 Symbol:]")]
    [InlineData("1.5e-3 0x1F .5", "Number:1.5e-3 Number:0x1F Number:.5")]
    [InlineData("a>=b<>c", "Word:a Symbol:>= Word:b Symbol:<> Word:c")]
    [InlineData("t\uFFFC 'x\uFFFC'", "Hole:t\uFFFC Text:x\uFFFC")]
    public void Reads(string text, string expected)
    {
        var tokens = SqlTokens.Of(text);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, tokens.Count).Select(i => $"{tokens[i].Kind}:{tokens[i].Value}")));
        Assert.False(tokens.IsBroken);
    }

    [Theory]
    [InlineData("'a")]
    [InlineData("\"a")]
    [InlineData("[a")]
    [InlineData("$$ a")]
    [InlineData("/* a")]
    [InlineData("E'a\\")]
    public void An_open_quote_is_told(string text) => Assert.True(SqlTokens.Of(text).IsBroken);

    [Fact]
    public void Nothing_makes_a_reader_fail()
    {
        string[] pieces = ["SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "(", ")", ",", "'", "\"", "[", "]", "`", "$$", "--", "/*", "*/", "\n", " ", "a", "b.c", "=", "IN", "BETWEEN", "CASE", "END", ";", "JOIN", "LEFT", "ON", "USING", "CREATE TABLE", "CREATE INDEX", "ALTER TABLE", "ADD", "DROP", "PRIMARY KEY", "UNIQUE", "COLLATE", "LIKE", "1", ".", "?", "@p", "{0}", "\uFFFC", "IS", "NULL", "ORDER BY", "LIMIT", "TOP", "UPDATE", "SET", "DELETE FROM", "E'", "\\", "#", ":", "AS", "\0", "CONSTRAINT", "INDEX"];
        var random = new Random(17);

        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(24)).Select(_ => pieces[random.Next(pieces.Length)]));
            SqlReader.Read(text);
            SqlText.Classify(text);
            Schema.OfText(text);
        }
    }

    /// <summary>Quadratic time would be a thousand times as much: the limit allows for a busy machine.</summary>
    [Theory]
    [InlineData("(")]
    [InlineData("a = 1 AND ")]
    [InlineData("a = 1 OR (")]
    [InlineData("'")]
    [InlineData("$a$ ")]
    [InlineData("CASE x, ")]
    [InlineData("a.")]
    [InlineData("SELECT a FROM ;")]
    public void A_million_letters_take_a_moment(string piece)
    {
        var text = new StringBuilder("SELECT * FROM t WHERE ").Insert(22, piece, 1_000_000 / piece.Length).ToString();
        var closed = text + new string(')', piece.Contains('(', StringComparison.Ordinal) ? 1_000_000 / piece.Length : 0);
        var watch = Stopwatch.StartNew();
        SqlReader.Read(closed);
        Schema.OfText("CREATE TABLE t (" + text);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"{watch.Elapsed}");
    }
}
