namespace HotPath;

/// <summary>A statement whose tables and columns the schema declares.</summary>
internal sealed class BoundStatement
{
    private BoundStatement(SqlStatement statement, ImmutableArray<SchemaTable> tables)
    {
        Statement = statement;
        Tables = tables;
        Conditions = Constant(statement);
    }

    /// <summary>The statement.</summary>
    public SqlStatement Statement { get; }

    /// <summary>The tables, in the order of the statement's.</summary>
    public ImmutableArray<SchemaTable> Tables { get; }

    /// <summary>The conditions on the rows; those of an inner join are as good as those of WHERE. Equality finds the fewest rows, and comes first.</summary>
    public IReadOnlyList<SqlCondition> Conditions { get; }

    /// <summary>The statements of a text that the schema knows all tables of and that no part which is not constant can add a condition to.</summary>
    public static IEnumerable<BoundStatement> Of(string text, Schema schema, ICollection<string> small)
    {
        foreach (var statement in SqlReader.Read(text))
        {
            if (!statement.HasSubquery && !statement.IsOpen && Declared(statement, schema, small) is { } tables && new BoundStatement(statement, tables) is { IsDescribed: true } bound)
                yield return bound;
        }
    }

    /// <summary>Whether the schema declares the columns that the conditions compare: another one may be what the rows are found by (<c>rowid</c>), or the table another one of that name.</summary>
    private bool IsDescribed
    {
        get
        {
            foreach (var condition in Conditions)
            {
                foreach (var predicate in condition.Alternatives)
                {
                    if (predicate.IsSargable && Resolve(predicate.Left.Column!.Value).Column is null)
                        return false;
                }
            }

            return true;
        }
    }

    /// <summary>The column that a name stands for, and the place of its table; no column where none or more than one has that name.</summary>
    public (int Table, SchemaColumn? Column) Resolve(SqlColumn column)
    {
        var (at, found) = (-1, (SchemaColumn?)null);
        for (var i = 0; i < Tables.Length; i++)
        {
            if (column.Table is { } qualifier && !string.Equals(qualifier, Statement.Tables[i].Alias, StringComparison.OrdinalIgnoreCase))
                continue;

            if (Tables[i].Column(column.Name) is not { } known)
                continue;

            // Two tables have it: the engine would not take it either.
            if (found is not null)
                return (-1, null);

            (at, found) = (i, known);
        }

        return (at, found);
    }

    /// <summary>The declared tables of a statement; null where one is not known.</summary>
    private static ImmutableArray<SchemaTable>? Declared(SqlStatement statement, Schema schema, ICollection<string> small)
    {
        var tables = new SchemaTable[statement.Tables.Count];
        for (var i = 0; i < tables.Length; i++)
        {
            if (schema.Table(statement.Tables[i].Name) is not { } table || small.Contains(table.Name))
                return null;

            tables[i] = table;
        }

        return ImmutableArray.Create(tables);
    }

    private static List<SqlCondition> Constant(SqlStatement statement)
    {
        var all = new List<SqlCondition>(statement.Where);
        foreach (var table in statement.Tables)
        {
            if (table.Join == SqlJoin.Inner)
                all.AddRange(table.On);
        }

        var sorted = all.FindAll(static condition => Rank(condition) < 0);
        sorted.AddRange(all.FindAll(static condition => Rank(condition) > 0));
        return sorted;
    }

    private static int Rank(SqlCondition condition) => condition.Alternatives is [{ Test: SqlTest.Equal }] ? -1 : 1;
}
