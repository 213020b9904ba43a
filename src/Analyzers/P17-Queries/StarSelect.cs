namespace HotPath;

/// <summary>A <c>SELECT *</c> where the code shows which columns are wanted. The one recognition behind the rule and its fix.</summary>
internal sealed class StarSelect
{
    /// <summary>Who asks for more names than that of a table that is not known, asks for nearly all that there are.</summary>
    private const int MostOfUnknown = 12;

    private enum Answer
    {
        /// <summary>All columns are wanted, or it is not sure which.</summary>
        None,

        /// <summary>A name is in no table that is known.</summary>
        Undeclared,

        /// <summary>Some of the columns are wanted.</summary>
        Some,
    }

    private readonly List<StarColumn> columns = [];

    private StarSelect(IInvocationOperation call, SqlLiterals text, SqlStatement statement, int star)
    {
        Call = call;
        Text = text;
        Statement = statement;
        Star = statement.Tokens[star];
        Qualifier = statement.Tokens[star - 1].IsSymbol(".") ? statement.Tokens[star - 2] : null;
    }

    /// <summary>The call that runs the query.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The text, where it is written.</summary>
    public SqlLiterals Text { get; }

    /// <summary>The statement.</summary>
    public SqlStatement Statement { get; }

    /// <summary>The star.</summary>
    public SqlToken Star { get; }

    /// <summary>The name before it: <c>t.*</c>.</summary>
    public SqlToken? Qualifier { get; }

    /// <summary>The tables whose columns the star stands for.</summary>
    public SqlTable[] Sources { get; private set; } = [];

    /// <summary>The columns that are wanted.</summary>
    public IReadOnlyList<StarColumn> Columns => columns;

    /// <summary>How many columns there are; null where that is not known.</summary>
    public int? All { get; private set; }

    /// <summary>What runs the query, where the call shows it.</summary>
    public ITypeSymbol? Provider { get; private set; }

    /// <summary>Whether the columns are known to exist, and nothing else depends on the text or the places of the columns.</summary>
    public bool IsSure { get; private set; } = true;

    /// <summary>Whether the rows come in the same order without the other columns: where no order is asked for, an index that holds all that is read gives it.</summary>
    public bool KeepsOrder { get; private set; }

    /// <summary>Whether the call may run a query; the cheap question.</summary>
    public static bool MayBe(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "ExecuteReader" or "ExecuteReaderAsync" => true,
        var name => name.StartsWith("Query", StringComparison.Ordinal) || name is "SqlQuery" or "SqlQueryRaw",
    };

    /// <summary>The finding that the call is, or null; the schema is asked for only where there is a star.</summary>
    public static StarSelect? Of(IInvocationOperation call, Func<Schema> schema)
    {
        var (method, type) = (call.TargetMethod, call.TargetMethod.ContainingType);
        var isReader = method.Name.StartsWith("ExecuteReader", StringComparison.Ordinal);
        CommandOrigin? command = null;
        IOperation? text;

        if (Databases.IsDapper(method) && (isReader || method is { TypeArguments: [_] } && method.Name.StartsWith("Query", StringComparison.Ordinal)))
            text = Named(call, "sql");
        else if (isReader && Databases.IsCommand(type))
            text = (command = CommandOrigin.Of(call.Receiver()))?.TextAt(call);
        else if (method is { Name: "SqlQuery" or "SqlQueryRaw", TypeArguments: [_] } && type.ContainingNamespace.Is("Microsoft.EntityFrameworkCore") && IsWhole(call))
            text = Named(call, "sql");
        else
            return null;

        if (text is null || SqlLiterals.WrittenFor(text) is not { } written || Loops.IsCold(call) || !call.Binds())
            return null;

        var literals = new SqlLiterals(written);
        if (literals.Sql.IndexOf('*') < 0 || SqlReader.Read(literals.Sql) is not [{ Verb: "SELECT" } statement] || PlaceOfStar(statement) is not (>= 0 and var star))
            return null;

        var found = new StarSelect(call, literals, statement, star) { Provider = command is not null ? command.Creation.Type : Databases.IsDapper(method) ? call.Receiver()?.Type : null };
        if (!found.IsRunOnce(command) || !found.FindSources())
            return null;

        return (isReader ? found.OfReader(schema) : found.OfType(method.TypeArguments[0] as INamedTypeSymbol, Databases.IsDapper(method), schema)) ? found : null;
    }

    /// <summary>The finding whose text is written there; what the fix is given.</summary>
    public static StarSelect? At(IOperation text, Func<Schema> schema)
    {
        if (text.SemanticModel is not { Compilation: var compilation } model)
            return null;

        IEnumerable<IOperation> bodies = [text.Root()];
        if (text.Syntax.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Parent.Parent: FieldDeclarationSyntax } declarator && model.GetDeclaredSymbol(declarator) is IFieldSymbol field)
            bodies = Bodies.Of(compilation).Naming(field);

        foreach (var body in bodies)
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                if (part is IInvocationOperation call && MayBe(call) && Of(call, schema) is { } found && found.Text.Written.Syntax == text.Syntax)
                    return found;
            }
        }

        return null;
    }

    private static IOperation? Named(IInvocationOperation call, string name)
    {
        foreach (var argument in call.Arguments)
        {
            // Stored procedures have no text of their own.
            if (argument.Parameter?.Name == "commandType" && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return null;
        }

        return call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name)?.Value.Unconverted();
    }

    /// <summary>Whether EF Core runs the query as it is: what is composed with it becomes a query around it, which names its columns.</summary>
    private static bool IsWhole(IInvocationOperation call) => call.Consumer(out _) switch
    {
        IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.Name: "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" or "AsEnumerable" or "AsAsyncEnumerable" } } => true,
        IForEachLoopOperation => true,
        _ => false,
    };

    /// <summary>The place of the star in a statement that gives plain rows of tables; below zero where there is none, or where the columns are more than columns.</summary>
    private static int PlaceOfStar(SqlStatement statement)
    {
        if (statement is not { IsDistinct: false, GroupBy.Count: 0, IsOpen: false } || statement.IsOfCatalogue)
            return -1;

        var tokens = statement.Tokens;
        var star = -1;
        foreach (var (from, to) in statement.Selected)
        {
            if (!tokens[to - 1].IsSymbol("*"))
                continue;

            if (star >= 0 || !(to - from == 1 || to - from == 3 && tokens[from].IsName && tokens[from + 1].IsSymbol(".")))
                return -1;

            star = to - 1;
        }

        for (var i = 0; i < tokens.Count && star >= 0; i++)
        {
            // FOR JSON and FOR XML write the columns; what is behind the end is another statement.
            if (tokens[i].Is("FOR") || tokens[i].Is("HAVING") || tokens[i].Is("WINDOW") || tokens[i].IsSymbol(";") && i + 1 < tokens.Count)
                return -1;

            if (tokens[i].Kind == SqlTokenKind.Hole && !IsValue(tokens, i) || tokens[i].Kind == SqlTokenKind.Name && tokens[i].Value.IndexOf(SqlTokens.Hole) >= 0)
                return -1;
        }

        foreach (var order in statement.OrderBy)
        {
            // The place of a column.
            if (tokens[order.From].Kind is SqlTokenKind.Number or SqlTokenKind.Parameter)
                return -1;
        }

        return star;
    }

    /// <summary>Whether a value stands in the hole: behind an operator, a word that asks for a number, or in a list of values.</summary>
    private static bool IsValue(SqlTokens tokens, int hole)
    {
        var before = tokens[hole - 1];
        return before.Kind == SqlTokenKind.Symbol ? before.Value is "=" or "==" or "<" or ">" or "<=" or ">=" or "<>" or "!=" or "(" or "," && !IsOrdering(tokens, hole)
            : before.Is("LIMIT") || before.Is("OFFSET") || before.Is("TOP") || before.Is("LIKE") || before.Is("BETWEEN") || before.Is("AND") && tokens[hole - 3].Is("BETWEEN");
    }

    private static bool IsOrdering(SqlTokens tokens, int place)
    {
        for (var i = 0; i < place; i++)
        {
            if (tokens[i].Is("ORDER"))
                return true;
        }

        return false;
    }

    /// <summary>Whether no other execution gets the rows of this text.</summary>
    private bool IsRunOnce(CommandOrigin? command)
    {
        foreach (var argument in Call.Arguments)
        {
            if (argument.Parameter?.Type is { Name: "CommandBehavior" } && argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                // Schema and keys are asked for beside the rows; what is read in the order of the columns is read in another one.
                if (argument.Value.ConstantValue is not { HasValue: true, Value: int behaviour } || (behaviour & 6) != 0)
                    return false;

                IsSure &= (behaviour & 16) == 0;
            }
        }

        if (command?.Local is not { } local)
            return true;

        var text = command.TextAt(Call)?.Syntax;
        foreach (var use in Aliasing.Uses(local, Call.Root()))
        {
            if (use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: var name } other } && name.StartsWith("Execute", StringComparison.Ordinal) && other.Syntax != Call.Syntax
                && (command.TextAt(other) is not { } another || another.Syntax == text))
            {
                return false;
            }

            IsSure &= !(use is { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property.Name: "CommandText" } });
        }

        return true;
    }

    /// <summary>The tables whose columns the star stands for.</summary>
    private bool FindSources()
    {
        foreach (var table in Statement.Tables)
        {
            // A temporary table is somebody's own; a sheet is no table.
            if (table.Name.Length == 0 || table.Name[0] == '#' || table.Name[table.Name.Length - 1] == '$')
                return false;
        }

        for (var i = Statement.From; i + 1 < Statement.Tokens.Count; i++)
        {
            if ((Statement.Tokens[i].Is("TEMP") || Statement.Tokens[i].Is("TEMPDB")) && Statement.Tokens[i + 1].IsSymbol("."))
                return false;
        }

        Sources = Qualifier is { Value: var alias }
            ? Statement.Tables.Where(table => string.Equals(table.Alias, alias, StringComparison.OrdinalIgnoreCase)).ToArray()
            : Statement.Tables.ToArray();
        return Qualifier is null || Sources.Length == 1;
    }

    private bool OfReader(Func<Schema> schema)
    {
        if (ReaderColumns.Of(Call) is not { } asked)
            return false;

        foreach (var name in asked.Names)
        {
            if (IsHidden(name) || name.IndexOfAny(['.', '{', '}', '"', '`', '[', ']', '\\', '\r', '\n']) >= 0)
                return false;
        }

        if (Known(schema()) is { } declared)
            return Resolve(asked.Names, declared) == Answer.Some && Finish(declared);

        // What a program makes for itself is as good, unless it alters it elsewhere.
        if (Call.SemanticModel is { Compilation: var compilation } && Known(Schema.MadeBy(compilation)) is { } made)
        {
            var answer = Resolve(asked.Names, made);
            if (answer != Answer.Undeclared)
                return answer == Answer.Some && Finish(made);

            IsSure = false;
        }

        if (Sources.Length != 1 || Statement.Selected.Count != 1 || asked.Names.Count > MostOfUnknown)
            return false;

        columns.AddRange(asked.Names.Select(static name => new StarColumn(name, null, null, null)));
        IsSure &= asked.Names.TrueForAll(asked.Sure.Contains);
        return Finish(null);
    }

    private bool Finish(SchemaTable[]? tables)
    {
        KeepsOrder = Statement.FindsOneRow || (tables is null ? Statement.OrderBy.Count > 0 : Array.TrueForAll(tables, table => !IsCovered(table) || IsOrderedByKey(table)));
        return true;
    }

    /// <summary>Whether no two rows are equal in what they are ordered by.</summary>
    private bool IsOrderedByKey(SchemaTable table) => Statement.OrderBy.Exists(order => order is { IsColumn: true, Column: { } column }
        && table.Indexes.Any(index => index.Name is null && index.Parts is [{ Column: { } key }] && string.Equals(key, column.Name, StringComparison.OrdinalIgnoreCase)));

    private bool OfType(INamedTypeSymbol? type, bool isDapper, Func<Schema> schema)
    {
        if (type is null || Sources.Length != 1 || Statement.Selected.Count != 1 || Known(schema()) is not [var table] || (isDapper ? MappedColumns.OfDapper(type, table) : MappedColumns.OfEntityFramework(type, table)) is not { } mapped)
            return false;

        if (!isDapper && schema().Table(type) is not null)
            return false;

        foreach (var column in mapped)
            columns.Add(new(column.Name, column, table, null));

        All = table.Columns.Count;
        return columns.Count > 0 && columns.Count < All && Finish([table]);
    }

    /// <summary>The declared tables behind the star; null where one of them is not known.</summary>
    private SchemaTable[]? Known(Schema schema)
    {
        if (schema.IsEmpty)
            return null;

        var tables = new SchemaTable[Sources.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            if (schema.Table(Sources[i].Name) is not { Columns.Count: > 0 } table)
                return null;

            tables[i] = table;
        }

        return tables;
    }

    /// <summary>Finds each name in exactly one table.</summary>
    private Answer Resolve(List<string> names, SchemaTable[] tables)
    {
        var others = OtherNames();
        var resolved = new List<StarColumn>();
        foreach (var name in names)
        {
            var count = others.Contains(name) ? 1 : 0;
            for (var i = 0; i < tables.Length; i++)
            {
                if (tables[i].Column(name) is not { } column)
                    continue;

                count++;
                resolved.Add(new(column.Name, column, tables[i], Sources.Length > 1 ? Sources[i] : null));
            }

            if (count != 1)
                return count == 0 ? Answer.Undeclared : Answer.None;
        }

        var all = tables.Sum(static table => table.Columns.Count);
        if (resolved.Count == 0 || resolved.Count >= all)
            return Answer.None;

        All = all;
        columns.AddRange(resolved);
        return Answer.Some;
    }

    /// <summary>The names of what is selected beside the star.</summary>
    private HashSet<string> OtherNames()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (from, to) in Statement.Selected)
        {
            if (Statement.Tokens[to - 1].IsName)
                names.Add(Statement.Tokens[to - 1].Value);
        }

        return names;
    }

    /// <summary>Whether an index may hold all that is read of the table; it holds the key of the row beside its own columns.</summary>
    private bool IsCovered(SchemaTable table)
    {
        var read = columns.Where(column => ReferenceEquals(column.Table, table)).Select(static column => column.Name).ToList();
        var keys = new HashSet<string>(Held(table.Indexes.Where(static index => index.Name is null)), StringComparer.OrdinalIgnoreCase);

        foreach (var index in table.Indexes)
        {
            var held = new HashSet<string>(Held([index]), StringComparer.OrdinalIgnoreCase);
            held.UnionWith(keys);
            if (read.TrueForAll(held.Contains))
                return true;
        }

        return false;

        static IEnumerable<string> Held(IEnumerable<SchemaIndex> indexes)
        {
            foreach (var index in indexes)
            {
                foreach (var part in index.Parts)
                {
                    if (part.Column is { } column)
                        yield return column;
                }
            }
        }
    }

    /// <summary>The number of a row, which a star does not give.</summary>
    private static bool IsHidden(string name) => name.ToUpperInvariant() is "ROWID" or "OID" or "_ROWID_" or "CTID" or "XMIN";
}

/// <summary>A column that is wanted.</summary>
/// <param name="Name">Its name, as the schema has it or as the code asks for it.</param>
/// <param name="Declared">The column in the schema.</param>
/// <param name="Table">The table in the schema.</param>
/// <param name="Of">The table of the statement that it has to be named with.</param>
internal readonly record struct StarColumn(string Name, SchemaColumn? Declared, SchemaTable? Table, SqlTable? Of);
