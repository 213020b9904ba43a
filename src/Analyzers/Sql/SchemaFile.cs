using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace HotPath;

/// <summary>The statements of a schema file: what they create, change and drop. What is not understood is left out.</summary>
internal sealed class SchemaFile
{
    private static readonly ConditionalWeakTable<SourceText, List<Action<Schema, string>>> Cache = new();
    private readonly List<Action<Schema, string>> changes = [];
    private readonly SqlTokens tokens;
    private int at;

    private SchemaFile(string text)
    {
        tokens = SqlTokens.Of(text);
        while (at < tokens.Count)
        {
            var start = at;
            Statement();
            at = Math.Max(at, start);

            // What follows the understood part of a statement does not matter; the bodies of triggers look like statements, and are left out.
            while (at < tokens.Count && !tokens[at].IsSymbol(";") && !(tokens[at].Is("GO") && tokens[at + 1].IsName))
                at++;

            at++;
        }
    }

    /// <summary>Applies the statements of a file to a schema.</summary>
    public static void Apply(SourceText text, Schema schema, string path)
    {
        foreach (var change in Cache.GetValue(text, static text => new SchemaFile(text.ToString()).changes))
            change(schema, path);
    }

    /// <summary>Adds the indexes that a text in the code creates; what else it does is not the schema.</summary>
    public static void Apply(string text, Schema schema)
    {
        foreach (var change in new SchemaFile(text).changes)
            change(schema, "");
    }

    private bool Take(string word)
    {
        if (!tokens[at].Is(word))
            return false;

        at++;
        return true;
    }

    private void Statement()
    {
        if (Take("CREATE"))
            Create();
        else if (Take("ALTER"))
            Alter();
        else if (Take("DROP"))
            Drop();
    }

    private void Create()
    {
        var isUnique = false;
        while (tokens[at].Is("UNIQUE") || tokens[at].Is("CLUSTERED") || tokens[at].Is("NONCLUSTERED") || tokens[at].Is("OR") || tokens[at].Is("REPLACE") || tokens[at].Is("UNLOGGED"))
            isUnique |= tokens[at++].Is("UNIQUE");

        if (Take("TABLE"))
            Table();
        else if (Take("INDEX"))
            Index(isUnique);
    }

    private void Table()
    {
        IfExists();
        var name = Name(out var written);
        if (name is null || !tokens[at].IsSymbol("("))
        {
            // CREATE TABLE … AS SELECT: its columns are not known.
            if (name is not null)
                changes.Add(Removal(name));

            return;
        }

        var columns = new List<SchemaColumn>();
        var indexes = new List<SchemaIndex>();
        for (at++; at < tokens.Count;)
        {
            if (!Constraint(indexes))
                Column(columns, indexes);

            SkipPart();
            if (!tokens[at].IsSymbol(","))
                break;

            at++;
        }

        changes.Add((schema, path) =>
        {
            // Created if it does not exist: the first one stays.
            if (path.Length == 0 || schema.Table(name) is not null)
                return;

            var table = new SchemaTable(name) { Path = path, Written = written };
            table.Columns.AddRange(columns);
            indexes.ForEach(table.Add);
            schema.Add(table);
        });
    }

    /// <summary>A constraint of the table; false for a column.</summary>
    private bool Constraint(List<SchemaIndex> indexes)
    {
        if (Take("CONSTRAINT"))
            at++;

        if (tokens[at].Is("FOREIGN") || tokens[at].Is("CHECK") || tokens[at].Is("EXCLUDE") || tokens[at].Is("LIKE"))
            return true;

        var isUnique = tokens[at].Is("PRIMARY") || tokens[at].Is("UNIQUE");
        var (isKey, isIndex) = (tokens[at].Is("PRIMARY") && tokens[at + 1].Is("KEY"), (tokens[at].Is("INDEX") || tokens[at].Is("KEY")) && (tokens[at + 1].IsSymbol("(") || tokens[at + 2].IsSymbol("(")));
        if (!isKey && !isIndex && !tokens[at].Is("UNIQUE"))
            return false;

        // UNIQUE KEY name (a, b); PRIMARY KEY CLUSTERED (a).
        var open = at;
        while (open < at + 5 && !tokens[open].IsSymbol("("))
            open++;

        if (!tokens[open].IsSymbol("("))
            return false;

        var name = tokens[open - 1] is { IsName: true } token && !token.Is("KEY") && !token.Is("UNIQUE") && !token.Is("INDEX") ? token.Value : null;
        at = open;
        if (Parts() is { } parts)
            indexes.Add(new(name, parts, IsUnique: isUnique));

        return true;
    }

    private void Column(List<SchemaColumn> columns, List<SchemaIndex> indexes)
    {
        if (!tokens[at].IsName)
            return;

        var written = tokens.Text.Substring(tokens[at].Start, tokens[at].End - tokens[at].Start);
        var name = tokens[at++].Value;
        var isFlag = tokens[at].Is("BOOLEAN") || tokens[at].Is("BOOL") || tokens[at].Is("BIT") || tokens[at].Is("TINYINT") && tokens[at + 1].IsSymbol("(") && tokens[at + 2].Value == "1";
        var isText = tokens[at].Value.ToUpperInvariant() is var type && (type.Contains("CHAR") || type.Contains("TEXT") || type.Contains("CLOB"));
        string? collation = null;

        for (var depth = 0; at < tokens.Count && !(depth == 0 && (tokens[at].IsSymbol(",") || tokens[at].IsSymbol(")") || tokens[at].IsSymbol(";"))); at++)
        {
            if (tokens[at].IsSymbol("("))
                depth++;
            else if (tokens[at].IsSymbol(")"))
                depth--;
            else if (depth == 0 && tokens[at].Is("COLLATE"))
                collation = tokens[at + 1].Value;
            else if (depth == 0 && (tokens[at].Is("PRIMARY") && tokens[at + 1].Is("KEY") || tokens[at].Is("UNIQUE")))
                indexes.Add(new(null, [new(name)], IsUnique: true));
        }

        columns.Add(new(name, collation, isFlag) { Written = written, IsText = isText });
    }

    private void Index(bool isUnique)
    {
        Take("CONCURRENTLY");
        IfExists();

        // PostgreSQL can do without a name.
        var name = tokens[at].Is("ON") ? null : Name(out _);
        if (!Take("ON"))
            return;

        Take("ONLY");
        if (Name(out _) is not { } table)
            return;

        if (Take("USING"))
            at++;

        if (!tokens[at].IsSymbol("(") || Parts() is not { } parts)
            return;

        var isPartial = false;
        for (; at < tokens.Count && !tokens[at].IsSymbol(";"); at++)
            isPartial |= tokens[at].Is("WHERE");

        changes.Add((schema, _) => schema.Add(table, new(name, parts, isPartial, isUnique)));
    }

    private void Alter()
    {
        if (!Take("TABLE"))
            return;

        Take("ONLY");
        IfExists();
        if (Name(out _) is not { } table)
            return;

        if (Take("RENAME"))
        {
            // What the parts are called from now on is not followed.
            changes.Add(Removal(table));
            return;
        }

        while (Take("ADD"))
        {
            Take("COLUMN");
            IfExists();
            var columns = new List<SchemaColumn>();
            var indexes = new List<SchemaIndex>();
            if (!Constraint(indexes))
                Column(columns, indexes);

            changes.Add((schema, _) =>
            {
                schema.Table(table)?.Columns.AddRange(columns);
                foreach (var index in indexes)
                    schema.Add(table, index);
            });

            SkipPart();
            if (tokens[at].IsSymbol(",") && tokens[at + 1].Is("ADD"))
                at++;
        }
    }

    private void Drop()
    {
        var isTable = tokens[at].Is("TABLE");
        if (!isTable && !tokens[at].Is("INDEX"))
            return;

        at++;
        Take("CONCURRENTLY");
        IfExists();
        if (Name(out _) is { } name)
            changes.Add(isTable ? Removal(name) : (schema, path) => schema.RemoveIndex(path.Length == 0 ? "" : name));
    }

    private static Action<Schema, string> Removal(string table) => (schema, path) => schema.Remove(path.Length == 0 ? "" : table);

    private void IfExists()
    {
        if (!Take("IF"))
            return;

        Take("NOT");
        Take("EXISTS");
    }

    /// <summary>The last part of a dotted name.</summary>
    private string? Name(out string written)
    {
        written = "";
        if (!tokens[at].IsName)
            return null;

        var start = tokens[at].Start;
        while (tokens[at + 1].IsSymbol(".") && tokens[at + 2].IsName)
            at += 2;

        written = tokens.Text.Substring(start, tokens[at].End - start);
        return tokens[at++].Value;
    }

    /// <summary>The parts in parentheses.</summary>
    private List<SchemaPart>? Parts()
    {
        var parts = new List<SchemaPart>();
        for (at++; at < tokens.Count && !tokens[at].IsSymbol(";"); at++)
        {
            var first = at;
            string? collation = null;
            var depth = 0;
            for (; at < tokens.Count && !tokens[at].IsSymbol(";") && (depth > 0 || !tokens[at].IsSymbol(",") && !tokens[at].IsSymbol(")")); at++)
            {
                if (tokens[at].IsSymbol("("))
                    depth++;
                else if (tokens[at].IsSymbol(")"))
                    depth--;
                else if (depth == 0 && tokens[at].Is("COLLATE"))
                    collation = tokens[at + 1].Value;
            }

            // MySQL indexes the first letters: name(10).
            var isColumn = tokens[first].IsName && (at == first + 1 || tokens[first + 1].IsName || tokens[first + 1].IsSymbol("(") && tokens[first + 2].Kind == SqlTokenKind.Number && at == first + 4);
            parts.Add(isColumn ? new(tokens[first].Value, null, collation) : new(null, Plain(tokens, first, at), collation));

            if (!tokens[at].IsSymbol(","))
                break;
        }

        if (!tokens[at].IsSymbol(")"))
            return null;

        at++;
        return parts;
    }

    /// <summary>The tokens without spaces, quotes, case and outer parentheses: how two expressions are compared.</summary>
    public static string Plain(SqlTokens tokens, int from, int to)
    {
        while (to - from > 2 && tokens[from].IsSymbol("(") && tokens[to - 1].IsSymbol(")"))
            (from, to) = (from + 1, to - 1);

        var builder = new StringBuilder();
        for (var i = from; i < to; i++)
        {
            // The table in front of the column does not matter.
            if (tokens[i].IsName && tokens[i + 1].IsSymbol(".") || tokens[i].IsSymbol("."))
                continue;

            builder.Append(tokens[i].Value.ToLowerInvariant()).Append(' ');
        }

        return builder.ToString();
    }

    private void SkipPart()
    {
        for (var depth = 0; at < tokens.Count && !tokens[at].IsSymbol(";"); at++)
        {
            if (tokens[at].IsSymbol("("))
                depth++;
            else if (tokens[at].IsSymbol(")") && depth-- == 0 || depth == 0 && tokens[at].IsSymbol(","))
                return;
        }
    }
}
