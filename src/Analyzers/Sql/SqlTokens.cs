namespace HotPath;

/// <summary>What a token of SQL is.</summary>
internal enum SqlTokenKind : byte
{
    /// <summary>A keyword or a plain name.</summary>
    Word,

    /// <summary>A name in double quotes, back ticks or brackets.</summary>
    Name,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A parameter: <c>@p</c>, <c>:p</c>, <c>$1</c>, <c>?</c>, or the <c>{0}</c> of EF Core.</summary>
    Parameter,

    /// <summary>A part of the text that is not constant, with the letters that touch it.</summary>
    Hole,

    /// <summary>An operator or a sign.</summary>
    Symbol,
}

/// <summary>One token; <paramref name="Value"/> is its text without quotes.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Value)
{
    /// <summary>Whether it is that keyword, given in upper case.</summary>
    public bool Is(string word) => Kind == SqlTokenKind.Word && string.Equals(Value, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is that sign.</summary>
    public bool IsSymbol(string symbol) => Kind == SqlTokenKind.Symbol && Value == symbol;

    /// <summary>Whether it may name something.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.Name;
}

/// <summary>A text of SQL in tokens, whatever its dialect. It is read once from left to right and never fails.</summary>
internal sealed class SqlTokens
{
    /// <summary>Stands in a text for a part that is not constant: it reads like a letter.</summary>
    public const char Hole = '\uFFFC';

    private static readonly string[] Signs = ["->>", "<=>", "<=", ">=", "<>", "!=", "==", "||", "::", ":=", "->", "@>", "<@", "&&"];
    private readonly List<SqlToken> tokens = [];
    private int position;

    private SqlTokens(string text)
    {
        Text = text;
        while (position < text.Length)
            Next();
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether a quote or a comment is not closed: what comes behind it cannot be told.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether every quote, comment and parenthesis is closed.</summary>
    public bool IsBalanced
    {
        get
        {
            var depth = 0;
            for (var i = 0; i < tokens.Count && depth >= 0; i++)
                depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;

            return depth == 0 && !IsBroken;
        }
    }

    /// <summary>How many tokens there are.</summary>
    public int Count => tokens.Count;

    /// <summary>The token at that place; behind the last one, an empty sign.</summary>
    public SqlToken this[int index] => index >= 0 && index < tokens.Count ? tokens[index] : new(SqlTokenKind.Symbol, Text.Length, Text.Length, "");

    /// <summary>The tokens of a text.</summary>
    public static SqlTokens Of(string text) => new(text);

    private void Next()
    {
        var c = Text[position];
        if (char.IsWhiteSpace(c))
        {
            position++;
            return;
        }

        if (SkipComment(c))
            return;

        switch (c)
        {
            case '\'':
                Quoted(SqlTokenKind.Text, position, '\'', hasEscapes: false);
                break;

            case '"' or '`':
                Quoted(SqlTokenKind.Name, position, c, hasEscapes: false);
                break;

            // Behind a name without a space it is an index into an array of PostgreSQL.
            case '[' when !(position > 0 && (IsLetter(Text[position - 1]) || Text[position - 1] is ']' or ')')) && Peek(1) != ']':
                Quoted(SqlTokenKind.Name, position, ']', hasEscapes: false);
                break;

            case '$' when DollarTag() is { } tag:
                var close = Text.IndexOf(tag, position + tag.Length, StringComparison.Ordinal);
                IsBroken |= close < 0;
                Add(SqlTokenKind.Text, position, close < 0 ? Text.Length : close + tag.Length, close < 0 ? "" : Text.Substring(position + tag.Length, close - position - tag.Length));
                break;

            case '?' or '@' or '$':
            case ':' when IsLetter(Peek(1)):
                var last = Letters(position + (c == '@' && Peek(1) == '@' ? 2 : 1));
                Add(SqlTokenKind.Parameter, position, Text.IndexOf(Hole, position, last - position) is >= 0 and var hole ? hole : last);
                break;

            case '{' when char.IsDigit(Peek(1)):
                var end = position + 1;
                while (end < Text.Length && char.IsDigit(Text[end]))
                    end++;

                Add(SqlTokenKind.Parameter, position, end < Text.Length && Text[end] == '}' ? end + 1 : end);
                break;

            case >= '0' and <= '9':
            case '.' when char.IsDigit(Peek(1)):
                Number();
                break;

            default:
                if (IsLetter(c) || c == '#')
                    Word();
                else
                    Sign();

                break;
        }
    }

    private void Word()
    {
        // N'…', E'…', B'…', X'…': the letter belongs to the text.
        if (Peek(1) == '\'' && Text[position] is 'N' or 'n' or 'E' or 'e' or 'B' or 'b' or 'X' or 'x')
        {
            var hasEscapes = Text[position] is 'E' or 'e';
            Quoted(SqlTokenKind.Text, position++, '\'', hasEscapes);
            return;
        }

        var end = Letters(position + 1);
        Add(Text.IndexOf(Hole, position, end - position) >= 0 ? SqlTokenKind.Hole : SqlTokenKind.Word, position, end);
    }

    private void Number()
    {
        var end = position + 1;
        while (end < Text.Length && (char.IsLetterOrDigit(Text[end]) || Text[end] == '.' || Text[end] is '+' or '-' && Text[end - 1] is 'e' or 'E' && Text[position] != '0'))
            end++;

        Add(SqlTokenKind.Number, position, end);
    }

    private void Sign()
    {
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(Text, position, sign, 0, sign.Length) == 0)
            {
                Add(SqlTokenKind.Symbol, position, position + sign.Length, sign);
                return;
            }
        }

        Add(SqlTokenKind.Symbol, position, position + 1);
    }

    /// <summary>Reads to the closing quote; two of them stand for one. The quote itself is at the position.</summary>
    private void Quoted(SqlTokenKind kind, int start, char close, bool hasEscapes)
    {
        var first = position + 1;
        var end = first;
        var isDoubled = false;

        while (end < Text.Length)
        {
            if (hasEscapes && Text[end] == '\\')
            {
                end += 2;
            }
            else if (Text[end] != close)
            {
                end++;
            }
            else if (end + 1 < Text.Length && Text[end + 1] == close)
            {
                isDoubled = true;
                end += 2;
            }
            else
            {
                break;
            }
        }

        if (end >= Text.Length)
        {
            IsBroken = true;
            Add(kind, start, Text.Length, "");
            return;
        }

        var value = Text.Substring(first, end - first);
        Add(kind, start, end + 1, isDoubled ? value.Replace(new string(close, 2), close.ToString()) : value);
    }

    private bool SkipComment(char c)
    {
        string close;
        if (c == '-' && Peek(1) == '-' || c == '#' && (char.IsWhiteSpace(Peek(1)) || Peek(1) == '\0'))
            close = "\n";
        else if (c == '/' && Peek(1) == '*')
            close = "*/";
        else
            return false;

        var end = Text.IndexOf(close, Math.Min(position + 2, Text.Length), StringComparison.Ordinal);
        IsBroken |= end < 0 && close != "\n";
        position = end < 0 ? Text.Length : end + close.Length;
        return true;
    }

    /// <summary>The tag that opens a text of PostgreSQL: <c>$$</c> or <c>$name$</c>.</summary>
    private string? DollarTag()
    {
        var end = position + 1;
        if (end < Text.Length && char.IsDigit(Text[end]))
            return null;

        while (end < Text.Length && (char.IsLetterOrDigit(Text[end]) || Text[end] == '_'))
            end++;

        return end < Text.Length && Text[end] == '$' ? Text.Substring(position, end + 1 - position) : null;
    }

    private void Add(SqlTokenKind kind, int start, int end, string? value = null)
    {
        tokens.Add(new(kind, start, end, value ?? Text.Substring(start, end - start)));
        position = end;
    }

    private char Peek(int ahead) => position + ahead < Text.Length ? Text[position + ahead] : '\0';

    private int Letters(int end)
    {
        while (end < Text.Length && (IsLetter(Text[end]) || Text[end] is '#' or '@' or '$'))
            end++;

        return end;
    }

    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || c is '_' or Hole;
}
