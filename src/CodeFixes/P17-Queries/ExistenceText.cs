using System.Text.RegularExpressions;

namespace HotPath;

/// <summary>Writes EXISTS into the text of a command that counts.</summary>
internal static class ExistenceText
{
    private static readonly Regex Count = new(@"\bcount\s*\(\s*(\*|1)\s*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The fix; null where the text, the dialect or another use of the command stands in its way.</summary>
    public static Fix? Fix(CountedExistence found)
    {
        // SQLite alone is known to give the same type for both; what PostgreSQL gives is no number, and SQL Server selects no EXISTS.
        if (found.Statement is not { IsOpen: false } statement || !SqlLiteral.IsSqlite(found.Provider) || !IsPlain(statement) || found.Command is { Local: { } command } && !RunsOnce(command, found.Call))
            return null;

        if (SqlLiteral.Of(found.Text!) is not { } literal || Comments.AreInside(literal) || literal.SyntaxTree != found.Call.Syntax.SyntaxTree)
            return null;

        // Up to the quotes, and what may stand before them behind the statement.
        var source = literal.ToString();
        var counts = Count.Matches(source);
        var end = source.Substring(0, source.Length - Quotes(literal)).TrimEnd(' ', ';', '\r', '\n', '\t').Length;
        if (counts.Count != 1 || end <= counts[0].Index)
            return null;

        // A line end that is written as an escape hides the semicolon before it.
        if (statement.Tokens[statement.Tokens.Count - 1].IsSymbol(";") && source.IndexOf(';', end) < 0)
            return null;

        var exists = char.IsLower(counts[0].Value[0]) ? "exists(select 1" : "EXISTS(SELECT 1";
        var text = source.Substring(0, counts[0].Index) + exists + source.Substring(counts[0].Index + counts[0].Length, end - counts[0].Index - counts[0].Length) + ")" + source.Substring(end);
        return new Fix("Ask with EXISTS", editor => editor.ReplaceNode(literal, (current, _) => SyntaxFactory.ParseExpression(text).WithTriviaFrom(current)));
    }

    /// <summary>The quotes that the text ends with: one, or as many as a raw string begins with.</summary>
    private static int Quotes(ExpressionSyntax literal)
    {
        var last = literal.GetLastToken().Parent is LiteralExpressionSyntax text ? text.Token.Text : literal.ToString();
        var first = last.IndexOf('"');
        var count = first;
        while (count < last.Length && last[count] == '"')
            count++;

        return count - first >= 3 ? count - first : 1;
    }

    /// <summary>Whether the text is all there, without comments, and nothing in it could fail or act on the rows that are not looked at any more.</summary>
    private static bool IsPlain(SqlStatement statement)
    {
        var tokens = statement.Tokens;
        var (first, last) = statement.Selected[0];
        if (last - first != 4 || tokens.Text.Contains("--") || tokens.Text.Contains("/*") || tokens.Text.Contains("\\"))
            return false;

        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == SqlTokenKind.Hole || tokens[i].Value.IndexOf(SqlTokens.Hole) >= 0 || tokens[i].IsSymbol("->") || tokens[i].IsSymbol("->>") || tokens[i].Is("MATCH") || tokens[i].Is("REGEXP") || tokens[i].Is("ORDER"))
                return false;

            var isCall = i != first && tokens[i].IsName && tokens[i + 1].IsSymbol("(");
            if (isCall && !(tokens[i].Is("IN") || tokens[i].Is("AND") || tokens[i].Is("OR") || tokens[i].Is("NOT") || tokens[i].Is("EXISTS") || tokens[i].Is("WHERE") || tokens[i].Is("ON") || tokens[i].Is("FROM") || tokens[i].Is("JOIN") || tokens[i].Is("BETWEEN") || tokens[i].Is("SELECT")))
                return false;
        }

        return true;
    }

    private static bool RunsOnce(ILocalSymbol command, IInvocationOperation call)
    {
        foreach (var use in Aliasing.Uses(command, call.Root()))
        {
            if (use.Context is IInvocationOperation { TargetMethod.Name: var name } other && name.StartsWith("Execute", StringComparison.Ordinal) && other.Syntax != call.Syntax)
                return false;

            // Its text is read, or has another value at another time.
            if (use.Kind is UseKind.MemberRead && use.Context is IPropertyReferenceOperation { Property.Name: "CommandText" })
                return false;
        }

        return true;
    }
}
