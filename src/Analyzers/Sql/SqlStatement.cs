namespace HotPath;

/// <summary>How a table comes into a statement.</summary>
internal enum SqlJoin : byte
{
    /// <summary>It is the first, or is joined so that the engine may begin with either side.</summary>
    Inner,

    /// <summary>The rows of the tables before it are kept: the engine looks up this one.</summary>
    Left,

    /// <summary>Any other way.</summary>
    Other,
}

/// <summary>A table of a statement; the alias is the name where none is written.</summary>
internal sealed record SqlTable(string Name, string Alias, SqlJoin Join)
{
    /// <summary>What the rows have to meet to be joined.</summary>
    public List<SqlCondition> On { get; } = [];
}

/// <summary>A column as it is written.</summary>
internal readonly record struct SqlColumn(string? Table, string Name);

/// <summary>What a comparison asks of a column.</summary>
internal enum SqlTest : byte
{
    /// <summary>Not understood, or nothing that an index answers.</summary>
    Other,

    /// <summary>One value or a list of them.</summary>
    Equal,

    /// <summary>A range.</summary>
    Range,

    /// <summary>Whether it is null.</summary>
    Null,

    /// <summary>A pattern.</summary>
    Like,
}

/// <summary>One side of a comparison.</summary>
/// <param name="Column">The column that it is, or that is worked on.</param>
/// <param name="IsColumn">Whether it is nothing but the column.</param>
/// <param name="Collation">The collation that is asked for.</param>
/// <param name="From">Its first token.</param>
/// <param name="To">Behind its last token.</param>
internal readonly record struct SqlOperand(SqlColumn? Column, bool IsColumn, string? Collation, int From, int To)
{
    /// <summary>Whether it does not depend on the row.</summary>
    public bool IsValue => Column is null;
}

/// <summary>A comparison; the left side is the one with a column, if there is one.</summary>
internal readonly record struct SqlPredicate(SqlTest Test, SqlOperand Left, SqlOperand Right, int From, int To)
{
    /// <summary>Whether an index on the column answers it.</summary>
    public bool IsSargable => Left.IsColumn && Right.IsValue && Test is SqlTest.Equal or SqlTest.Range or SqlTest.Null;

    /// <summary>Whether it gives both ends of a range.</summary>
    public bool IsBetween { get; init; }

    /// <summary>Whether it says that two columns are equal.</summary>
    public bool IsLink => Left.IsColumn && Right.IsColumn && Test == SqlTest.Equal;
}

/// <summary>A part of a condition: one of its alternatives has to hold. With none, it is not understood.</summary>
internal sealed record SqlCondition(IReadOnlyList<SqlPredicate> Alternatives);

/// <summary>What a statement shows at first sight.</summary>
internal sealed class SqlStatement(SqlTokens tokens, string verb)
{
    /// <summary>The tokens that the places are places in.</summary>
    public SqlTokens Tokens => tokens;

    /// <summary><c>SELECT</c>, <c>UPDATE</c> or <c>DELETE</c>.</summary>
    public string Verb => verb;

    /// <summary>The tables, in order.</summary>
    public List<SqlTable> Tables { get; } = [];

    /// <summary>What the rows have to meet.</summary>
    public List<SqlCondition> Where { get; } = [];

    /// <summary>Whether there is any condition, understood or not.</summary>
    public bool HasWhere { get; set; }

    /// <summary>The columns the rows are sorted by; null for what is no plain column.</summary>
    public List<SqlOperand> OrderBy { get; } = [];

    /// <summary>The columns the rows are grouped by.</summary>
    public List<SqlOperand> GroupBy { get; } = [];

    /// <summary>The select list: the places of its parts.</summary>
    public List<(int From, int To)> Selected { get; } = [];

    /// <summary>Whether only some of the rows are wanted.</summary>
    public bool HasLimit { get; set; }

    /// <summary>Whether equal rows are wanted once.</summary>
    public bool IsDistinct { get; set; }

    /// <summary>Whether another query stands in it.</summary>
    public bool HasSubquery { get; set; }

    /// <summary>Whether a part that is not constant may add tables or conditions.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The place of <c>FROM</c>.</summary>
    public int From { get; set; }

    /// <summary>Whether a key is compared with a value, as far as names say: there is one row at most.</summary>
    public bool FindsOneRow
    {
        get
        {
            if (Tables is not [var table])
                return false;

            foreach (var condition in Where)
            {
                if (condition.Alternatives is [{ Test: SqlTest.Equal, Left: { IsColumn: true, Column.Name: var name }, Right.IsValue: true }] && IsKey(name, table.Name))
                    return true;
            }

            return false;

            static bool IsKey(string column, string table)
            {
                column = column.Replace("_", "").ToUpperInvariant();
                table = table.Replace("_", "").ToUpperInvariant();
                return column is "ID" or "ROWID" or "UUID" or "GUID" || column == table + "ID" || table.EndsWith("S", StringComparison.Ordinal) && column == table.Substring(0, table.Length - 1) + "ID";
            }
        }
    }

    /// <summary>Whether it asks for the tables or columns that there are: few, and asked once.</summary>
    public bool IsOfCatalogue
    {
        get
        {
            for (var i = From; i < tokens.Count; i++)
            {
                if (tokens[i].IsName && (tokens[i].Value.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) || tokens[i].Value.StartsWith("pg_", StringComparison.OrdinalIgnoreCase) || tokens[i].Value.StartsWith("Win32_", StringComparison.OrdinalIgnoreCase)
                    || tokens[i].Is("INFORMATION_SCHEMA") || tokens[i].Is("SYS") || tokens[i].Is("SYSOBJECTS") || tokens[i].Is("MSysObjects")))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
