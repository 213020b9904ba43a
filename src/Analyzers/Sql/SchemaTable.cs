namespace HotPath;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Collation">Its collation where one is given.</param>
/// <param name="IsFlag">Whether it is true or false: an index on it divides nothing.</param>
/// <param name="Property">The property of the entity.</param>
internal sealed record SchemaColumn(string Name, string? Collation = null, bool IsFlag = false, IPropertySymbol? Property = null)
{
    /// <summary>The name as the schema writes it, in its quotes.</summary>
    public string Written { get; init; } = Name;

    /// <summary>Whether the schema declares it as text.</summary>
    public bool IsText { get; init; }
}

/// <summary>A part of an index: a column, or an expression in one line without spaces.</summary>
internal readonly record struct SchemaPart(string? Column, string? Expression = null, string? Collation = null);

/// <summary>An index or a key.</summary>
internal sealed record SchemaIndex(string? Name, IReadOnlyList<SchemaPart> Parts, bool IsPartial = false, bool IsUnique = false);

/// <summary>A table that a schema declares.</summary>
internal sealed class SchemaTable(string name)
{
    private readonly List<SchemaIndex> indexes = [];
    private readonly Dictionary<string, List<SchemaIndex>> byFirst = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Its name without its schema.</summary>
    public string Name { get; } = name;

    /// <summary>The columns in order.</summary>
    public List<SchemaColumn> Columns { get; } = [];

    /// <summary>The indexes and keys.</summary>
    public IReadOnlyList<SchemaIndex> Indexes => indexes;

    /// <summary>The path of the schema file; null where it is of an EF Core model.</summary>
    public string? Path { get; init; }

    /// <summary>The entity of an EF Core model.</summary>
    public INamedTypeSymbol? Entity { get; init; }

    /// <summary>The name as the schema writes it, in its quotes.</summary>
    public string Written { get; init; } = name;

    /// <summary>Adds an index or a key.</summary>
    public void Add(SchemaIndex index)
    {
        indexes.Add(index);
        if (index.Parts is not [{ Column: { } first }, ..])
            return;

        if (!byFirst.TryGetValue(first, out var beginning))
            byFirst.Add(first, beginning = []);

        beginning.Add(index);
    }

    /// <summary>The column of that name.</summary>
    public SchemaColumn? Column(string name)
    {
        foreach (var column in Columns)
        {
            if (string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
                return column;
        }

        return null;
    }

    /// <summary>
    /// Whether an index finds rows by the column: it begins with it and sorts as the comparison does. The author of a partial index on the column
    /// has thought about it.
    /// </summary>
    public bool Serves(SchemaColumn column, string? collation)
    {
        if (!byFirst.TryGetValue(column.Name, out var beginning))
            return false;

        foreach (var index in beginning)
        {
            if (string.Equals(index.Parts[0].Collation ?? column.Collation ?? "BINARY", collation ?? column.Collation ?? "BINARY", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether any index begins with the column, however it sorts.</summary>
    public bool BeginsIndex(SchemaColumn column) => byFirst.ContainsKey(column.Name);

    /// <summary>Whether an index begins with the expression, as <see cref="SchemaFile.Plain"/> gives it.</summary>
    public bool HasIndexOn(string expression)
    {
        foreach (var index in indexes)
        {
            if (index.Parts is [{ Expression: { } first }, ..] && first == expression)
                return true;
        }

        return false;
    }
}
