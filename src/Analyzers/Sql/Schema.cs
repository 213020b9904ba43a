using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>The tables and indexes that are known: of the schema files among the AdditionalFiles, and of the EF Core model in the code.</summary>
internal sealed class Schema
{
    /// <summary>A part of a program that creates an index beside its schema file.</summary>
    private static readonly ConditionalWeakTable<Compilation, List<string>> InCode = new();
    private static readonly ConditionalWeakTable<Compilation, Schema> Made = new();

    private readonly Dictionary<string, SchemaTable> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<INamedTypeSymbol, SchemaTable> byEntity = new(SymbolEqualityComparer.Default);
    private readonly List<(string Table, SchemaIndex Index)> loose = [];

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => tables.Count == 0;

    /// <summary>Whether any of the files is a schema.</summary>
    public static bool HasFiles(AnalyzerOptions options)
    {
        foreach (var file in options.AdditionalFiles)
        {
            if (IsSchema(file.Path))
                return true;
        }

        return false;
    }

    /// <summary>What is known to a project. The files are read once each, the model once per compilation.</summary>
    public static Schema Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var schema = new Schema();
        foreach (var file in options.AdditionalFiles)
        {
            if (IsSchema(file.Path) && file.GetText(cancellationToken) is { } text)
                SchemaFile.Apply(text, schema, file.Path);
        }

        foreach (var table in SchemaModel.Of(compilation).Tables)
        {
            // Two contexts may have a set of that name each; what a file declares, the file says all of.
            if (schema.Table(table.Name) is not { } same)
                schema.Add(table);
            else if (same.Entity is not null)
                schema.byEntity[table.Entity!] = table;
        }

        foreach (var (table, index) in SchemaModel.Of(compilation).Migrated)
            schema.Add(table, index);

        if (!schema.IsEmpty)
        {
            foreach (var text in InCode.GetValue(compilation, Created))
                SchemaFile.Apply(text, schema);
        }

        schema.Attach();
        return schema;
    }

    /// <summary>
    /// The tables that texts in the code create: a program that makes its database says what is in it. A table that is not declared in one piece,
    /// or differently in two places, is left out.
    /// </summary>
    public static Schema MadeBy(Compilation compilation) => Made.GetValue(compilation, Make);

    /// <summary>The schema of a single text.</summary>
    public static Schema OfText(string text)
    {
        var schema = new Schema();
        SchemaFile.Apply(Microsoft.CodeAnalysis.Text.SourceText.From(text), schema, "schema.sql");
        schema.Attach();
        return schema;
    }

    /// <summary>The table of that name, without its schema.</summary>
    public SchemaTable? Table(string name) => tables.TryGetValue(name, out var table) ? table : null;

    /// <summary>The table of an entity.</summary>
    public SchemaTable? Table(INamedTypeSymbol entity) => byEntity.TryGetValue(entity, out var table) ? table : null;

    /// <summary>Whether an index has that name.</summary>
    public bool HasIndex(string name)
    {
        foreach (var table in tables.Values)
        {
            foreach (var index in table.Indexes)
            {
                if (string.Equals(index.Name, name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Adds a table.</summary>
    public void Add(SchemaTable table)
    {
        tables[table.Name] = table;
        if (table.Entity is { } entity)
            byEntity[entity] = table;
    }

    /// <summary>Adds an index; its table may come later.</summary>
    public void Add(string table, SchemaIndex index) => loose.Add((table, index));

    /// <summary>Forgets a table and its indexes.</summary>
    public void Remove(string table)
    {
        tables.Remove(table);
        loose.RemoveAll(pair => string.Equals(pair.Table, table, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Forgets an index.</summary>
    public void RemoveIndex(string name) => loose.RemoveAll(pair => string.Equals(pair.Index.Name, name, StringComparison.OrdinalIgnoreCase));

    private void Attach()
    {
        var known = tables.Values.Concat(byEntity.Values).Distinct().ToLookup(static table => table.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, index) in loose)
        {
            foreach (var table in known[name])
                table.Add(index);
        }
    }

    private static bool IsSchema(string path) => path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase);

    private static Schema Make(Compilation compilation)
    {
        var made = new Schema();
        var unsure = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in Creating(compilation, "TABLE"))
        {
            var one = new Schema();
            SchemaFile.Apply(Microsoft.CodeAnalysis.Text.SourceText.From(text), one, "code");
            var isWhole = SqlTokens.Of(text).IsBalanced;

            foreach (var table in one.tables.Values)
            {
                if (!isWhole || made.Table(table.Name) is { } same && !same.Columns.Select(static column => column.Name).SequenceEqual(table.Columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase))
                    unsure.Add(table.Name);
                else if (made.Table(table.Name) is { } other)
                    table.Indexes.ToList().ForEach(other.Add);
                else
                    made.Add(table);
            }
        }

        foreach (var text in InCode.GetValue(compilation, Created))
            SchemaFile.Apply(text, made);

        made.Attach();
        foreach (var name in unsure)
            made.tables.Remove(name);

        return made;
    }

    /// <summary>The texts in the code that create an index: what a program does to its database when it starts counts too.</summary>
    private static List<string> Created(Compilation compilation) => Creating(compilation, "INDEX");

    private static List<string> Creating(Compilation compilation, string what)
    {
        var found = new List<string>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.ToString() is var text && text.IndexOf(what, StringComparison.OrdinalIgnoreCase) < 0)
                continue;

            foreach (var token in tree.GetRoot().DescendantTokens())
            {
                if (token.RawKind is (int)SyntaxKind.StringLiteralToken or (int)SyntaxKind.MultiLineRawStringLiteralToken or (int)SyntaxKind.SingleLineRawStringLiteralToken or (int)SyntaxKind.InterpolatedStringTextToken
                    && token.ValueText.IndexOf(what, StringComparison.OrdinalIgnoreCase) is >= 0 and var index
                    && token.ValueText.LastIndexOf("CREATE", index, StringComparison.OrdinalIgnoreCase) >= 0)
                {
                    found.Add(token.ValueText);
                }
            }
        }

        return found;
    }
}
