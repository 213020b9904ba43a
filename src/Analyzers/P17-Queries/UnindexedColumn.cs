namespace HotPath;

/// <summary>A column that a statement finds or sorts rows by, and that no index of its table begins with.</summary>
internal sealed class UnindexedColumn
{
    private UnindexedColumn(SchemaTable table, SchemaColumn column, string? collation, bool isOpenRange = false)
    {
        IsOpenRange = isOpenRange;
        Table = table;
        Column = column;
        Collation = collation;
    }

    /// <summary>The table.</summary>
    public SchemaTable Table { get; }

    /// <summary>The column.</summary>
    public SchemaColumn Column { get; }

    /// <summary>The collation that the comparison asks for, where it is not the column's.</summary>
    public string? Collation { get; }

    /// <summary>Whether only one end of a range is given: it may hold nearly all rows, and then an index does not help.</summary>
    public bool IsOpenRange { get; }

    /// <summary>A column that is known to be filtered by.</summary>
    public static UnindexedColumn Of(SchemaTable table, SchemaColumn column, bool isOpenRange) => new(table, column, null, isOpenRange);

    /// <summary>The columns of a text of SQL that want an index.</summary>
    public static IReadOnlyList<UnindexedColumn> Of(string text, Schema schema, ICollection<string> small)
    {
        var found = new List<UnindexedColumn>();
        foreach (var bound in BoundStatement.Of(text, schema, small))
            Find(bound, found);

        return found;
    }

    private static void Find(BoundStatement bound, List<UnindexedColumn> found)
    {
        var (statement, tables) = (bound.Statement, bound.Tables);

        // A table that a constant finds rows of is where the engine begins, and the others are reached from there.
        var isServed = new bool[tables.Length];
        IReadOnlyList<UnindexedColumn> wanted = [];

        foreach (var condition in bound.Conditions)
        {
            if (Judge(condition, bound, out var table) is not { } unserved)
                continue;

            if (unserved.Count == 0)
                isServed[table] = true;
            else if (wanted.Count == 0)
                wanted = unserved;
        }

        if (!Array.Exists(isServed, static served => served))
        {
            foreach (var column in wanted)
            {
                Add(column, found);
                isServed[tables.IndexOf(column.Table)] = true;
            }
        }

        Reach(bound, isServed, found);
        for (var i = 1; i < tables.Length; i++)
        {
            if (statement.Tables[i].Join != SqlJoin.Other && !isServed[i] && Link(bound, i, isServed) is { } column)
                Add(column, found);
        }

        if (tables.Length == 1 && !statement.HasWhere && statement.HasLimit && statement is { Verb: "SELECT", IsDistinct: false, GroupBy.Count: 0, OrderBy: [{ IsColumn: true, Column: { } sorted } first, ..] }
            && bound.Resolve(sorted) is (var only, { } by) && !tables[only].Serves(by, first.Collation) && !by.IsFlag)
        {
            Add(new(tables[only], by, first.Collation), found);
        }
    }

    /// <summary>From the tables whose rows are found the engine goes to those they are joined with, and looks these up in turn.</summary>
    private static void Reach(BoundStatement bound, bool[] isReached, List<UnindexedColumn> found)
    {
        var (statement, tables) = (bound.Statement, bound.Tables);
        var links = new List<(int Table, SchemaColumn Column, int Other)>();
        foreach (var condition in bound.Conditions)
        {
            if (condition.Alternatives is [{ IsLink: true } link]
                && bound.Resolve(link.Left.Column!.Value) is (var left, { } leftColumn) && bound.Resolve(link.Right.Column!.Value) is (var right, { } rightColumn)
                && statement.Tables[left].Join == SqlJoin.Inner && statement.Tables[right].Join == SqlJoin.Inner)
            {
                links.Add((left, leftColumn, right));
                links.Add((right, rightColumn, left));
            }
        }

        // What has an index is reached first: with it a second way to the same table needs none.
        while (links.FindIndex(link => IsNext(link) && tables[link.Table].Serves(link.Column, null)) is var next && (next >= 0 || (next = links.FindIndex(IsNext)) >= 0))
        {
            var (table, column, _) = links[next];
            isReached[table] = true;
            if (!tables[table].Serves(column, null) && !column.IsFlag)
                Add(new(tables[table], column, null), found);
        }

        bool IsNext((int Table, SchemaColumn Column, int Other) link) => isReached[link.Other] && !isReached[link.Table];
    }

    private static void Add(UnindexedColumn column, List<UnindexedColumn> found)
    {
        if (!found.Exists(other => ReferenceEquals(other.Table, column.Table) && other.Column == column.Column))
            found.Add(column);
    }

    /// <summary>The columns that want an index so that the condition finds its rows, none where it does; null where no index would help.</summary>
    public static List<UnindexedColumn>? Judge(SqlCondition condition, BoundStatement bound, out int table)
    {
        var (statement, tables) = (bound.Statement, bound.Tables);
        List<UnindexedColumn> wanted = [];
        table = -1;

        foreach (var predicate in condition.Alternatives)
        {
            if (predicate.Left.Column is not { } name || bound.Resolve(name) is not (var of, { } column) || table >= 0 && table != of)
                return null;

            table = of;
            if (predicate is { Left.IsColumn: false, Right.IsValue: true, Test: SqlTest.Equal or SqlTest.Range } && tables[of].HasIndexOn(SchemaFile.Plain(statement.Tokens, predicate.Left.From, predicate.Left.To)))
                continue;

            if (!predicate.IsSargable)
                return null;

            var collation = predicate.Left.Collation ?? predicate.Right.Collation;
            if (tables[of].Serves(column, collation))
                continue;

            // Half of the rows, or nearly all: reading them all is as good. The rows that a left join does not find stay, so that a test of what is joined does not begin there.
            if (column.IsFlag || predicate.Test == SqlTest.Null || statement.Tables[of].Join != SqlJoin.Inner)
                return null;

            wanted.Add(new(tables[of], column, collation, IsOpen(predicate, statement)));
        }

        return table >= 0 ? wanted : null;
    }

    /// <summary>Whether a comparison gives one end of a range, and no other the other end.</summary>
    private static bool IsOpen(SqlPredicate predicate, SqlStatement statement)
    {
        if (predicate.Test != SqlTest.Range || predicate.IsBetween)
            return false;

        foreach (var condition in statement.Where)
        {
            if (condition.Alternatives is [{ Test: SqlTest.Range } other] && other.From != predicate.From && string.Equals(other.Left.Column?.Name, predicate.Left.Column?.Name, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    /// <summary>The column that wants an index so that the rows of the joined table are found; null where they are.</summary>
    private static UnindexedColumn? Link(BoundStatement bound, int joined, bool[] isServed)
    {
        var (statement, tables) = (bound.Statement, bound.Tables);
        UnindexedColumn? wanted = null;
        var conditions = new List<SqlCondition>(statement.Tables[joined].On);
        if (statement.Tables[joined].Join == SqlJoin.Inner)
            conditions.AddRange(statement.Where);

        foreach (var condition in conditions)
        {
            if (condition.Alternatives is not [{ IsLink: true } link]
                || bound.Resolve(link.Left.Column!.Value) is not (var left, { } leftColumn) || bound.Resolve(link.Right.Column!.Value) is not (var right, { } rightColumn)
                || left == right || left != joined && right != joined)
            {
                continue;
            }

            var (own, ownColumn, other, otherColumn) = left == joined ? (left, leftColumn, right, rightColumn) : (right, rightColumn, left, leftColumn);
            if (tables[own].Serves(ownColumn, null))
                return null;

            // The engine may begin with this table and look up the other one.
            if (statement.Tables[own].Join == SqlJoin.Inner && statement.Tables[other].Join == SqlJoin.Inner && tables[other].Serves(otherColumn, null) && !isServed[other])
                return null;

            if (!ownColumn.IsFlag)
                wanted ??= new(tables[own], ownColumn, null);
        }

        return wanted;
    }
}
