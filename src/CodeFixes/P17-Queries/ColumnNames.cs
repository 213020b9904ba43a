namespace HotPath;

/// <summary>The names of columns as a database reads them: plain where they can be, else in its own quotes.</summary>
internal sealed class ColumnNames
{
    /// <summary>Words that SQLite, SQL Server or PostgreSQL reads as a keyword where the name of a column should be.</summary>
    private static readonly HashSet<string> Reserved = Words(
        "ADD ALL ALTER ANALYSE ANALYZE AND ANY ARRAY AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BINARY BOTH BREAK BROWSE BULK BY CASCADE CASE CAST CHECK CHECKPOINT CLOSE CLUSTERED COLLATE COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS "
        + "CONTINUE CONVERT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURSOR DATABASE DEALLOCATE DECLARE DEFAULT DEFERRABLE DELETE DENY DESC DISK DISTINCT DISTRIBUTED DO DOUBLE DROP DUMP ELSE END "
        + "ERRLVL ESCAPE EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL FALSE FETCH FILE FILLFACTOR FOR FOREIGN FREETEXT FREEZE FROM FULL FUNCTION GOTO GRANT GROUP HAVING HOLDLOCK IDENTITY IF ILIKE IN INDEX INITIALLY INNER INSERT INTERSECT "
        + "INTO IS ISNULL JOIN KEY KILL LATERAL LEADING LEFT LIKE LIMIT LINENO LOAD LOCALTIME LOCALTIMESTAMP MERGE NATIONAL NATURAL NOCHECK NONCLUSTERED NOT NOTHING NOTNULL NULL NULLIF OF OFF OFFSET OFFSETS ON ONLY OPEN OPTION OR ORDER "
        + "OUTER OVER OVERLAPS PERCENT PIVOT PLACING PLAN PRECISION PRIMARY PRINT PROC PROCEDURE PUBLIC RAISERROR READ READTEXT RECONFIGURE REFERENCES REPLICATION RESTORE RESTRICT RETURN RETURNING REVERT REVOKE RIGHT ROLLBACK ROWCOUNT "
        + "ROWGUIDCOL ROWID RULE SAVE SCHEMA SELECT SESSION_USER SET SETUSER SHUTDOWN SIMILAR SOME STATISTICS SYMMETRIC SYSTEM_USER TABLE TABLESAMPLE TEXTSIZE THEN TO TOP TRAILING TRAN TRANSACTION TRIGGER TRUE TRUNCATE TSEQUAL UNION UNIQUE "
        + "UNPIVOT UPDATE UPDATETEXT USE USER USING VALUES VARIADIC VARYING VERBOSE VIEW WAITFOR WHEN WHERE WHILE WINDOW WITH WITHIN WRITETEXT");

    /// <summary>Words that others do.</summary>
    private static readonly HashSet<string> ReservedElsewhere = Words(
        "ACCESS AUDIT BEFORE BIGINT BLOB CALL CHANGE CHAR CHARACTER COMMENT COMPRESS CONDITION CONNECT CUBE DATE DATABASES DEC DECIMAL DELAYED DESCRIBE DIV DUAL EACH EMPTY EXCLUSIVE EXPLAIN FLOAT FORCE GENERATED GROUPS HIGH_PRIORITY IDENTIFIED "
        + "IGNORE IMMEDIATE INCREMENT INITIAL INT INTEGER INTERVAL ITERATE KEYS LAG LEAD LEAVE LEVEL LINEAR LINES LOCK LONG LOOP MATCH MAXEXTENTS MINUS MOD MODE MODIFY NOAUDIT NOCOMPRESS NOWAIT NUMBER NUMERIC OFFLINE ONLINE OPTIMIZE OUT "
        + "PARTITION PCTFREE PRIOR PURGE RANGE RANK RAW REAL REGEXP RELEASE RENAME REPEAT REPLACE REQUIRE RESIGNAL RESOURCE ROW ROWNUM ROWS SEPARATOR SESSION SHARE SHOW SIGNAL SIZE SMALLINT SPATIAL SQL SSL START SUCCESSFUL SYNONYM SYSDATE "
        + "SYSTEM UID UNDO UNLOCK UNSIGNED USAGE VALIDATE VARCHAR VARCHAR2 WHENEVER WRITE XOR ZEROFILL");

    private static readonly (string Namespace, string Type, char Open, char Close)[] Dialects =
    [
        ("Microsoft.Data.Sqlite", "SqliteConnection", '"', '"'),
        ("System.Data.SQLite", "SQLiteConnection", '"', '"'),
        ("Microsoft.Data.SqlClient", "SqlConnection", '[', ']'),
        ("System.Data.SqlClient", "SqlConnection", '[', ']'),
        ("MySqlConnector", "MySqlConnection", '`', '`'),
        ("MySql.Data.MySqlClient", "MySqlConnection", '`', '`'),
        ("Npgsql", "NpgsqlConnection", '"', '"'),
        ("Oracle.ManagedDataAccess.Client", "OracleConnection", '"', '"'),
    ];

    private readonly string? dialect;
    private readonly char open;
    private readonly char close;

    private ColumnNames(int place)
    {
        if (place >= 0)
            (dialect, _, open, close) = Dialects[place];
    }

    /// <summary>Whether a name finds a column that is declared in another case.</summary>
    private bool IgnoresCase => dialect is not (null or "Npgsql");

    /// <summary>Whether a name in quotes finds a column that is declared without.</summary>
    private bool QuotesFreely => dialect is not (null or "Npgsql" or "Oracle.ManagedDataAccess.Client");

    /// <summary>The names of the database that the type belongs to, or of the only one that the project knows.</summary>
    public static ColumnNames Of(ITypeSymbol? provider, KnownTypes types)
    {
        for (var type = provider; type is not null; type = type.BaseType)
        {
            var place = Array.FindIndex(Dialects, dialect => type.ContainingNamespace.Is(dialect.Namespace));
            if (place >= 0)
                return new(place);
        }

        var known = Enumerable.Range(0, Dialects.Length).Where(i => types[$"{Dialects[i].Namespace}.{Dialects[i].Type}"] is not null).ToList();
        return new(known.Count == 1 ? known[0] : -1);
    }

    /// <summary>The list that stands for the star, without the qualifier before the first; null where a name might be read as another one.</summary>
    public string? List(StarSelect found)
    {
        var names = new List<string>();
        foreach (var column in found.Columns)
        {
            if (Name(column) is not { } name)
                return null;

            if (column.Of is { } table)
            {
                if (!IsPlain(table.Alias) || !IsWritten(found.Statement, table.Alias))
                    return null;

                name = $"{table.Alias}.{name}";
            }
            else if (found.Qualifier is { } qualifier && names.Count > 0)
            {
                name = $"{found.Statement.Tokens.Text.Substring(qualifier.Start, qualifier.End - qualifier.Start)}.{name}";
            }

            names.Add(name);
        }

        return string.Join(", ", names);
    }

    private string? Name(StarColumn column)
    {
        var isDeclaredPlain = column.Declared is { } declared && column.Table!.Entity is null && declared.Written == declared.Name;
        if (IsPlain(column.Name) && (IgnoresCase || isDeclaredPlain || column.Name == column.Name.ToLowerInvariant()))
            return column.Name;

        if (isDeclaredPlain && column.Name.All(IsLetter))
            return QuotesFreely ? open + column.Name + close : column.Name;

        if (column.Declared is { Written: var written } && column.Table!.Entity is null)
            return QuotesFreely ? open + column.Name + close : written;

        // In another case it would be another name.
        var isExact = QuotesFreely || dialect == "Npgsql" && (column.Table is not null || column.Name == column.Name.ToLowerInvariant());
        return isExact ? open + column.Name + close : null;
    }

    private static bool IsWritten(SqlStatement statement, string alias)
    {
        for (var i = statement.From; i < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].Kind == SqlTokenKind.Word && statement.Tokens[i].Value == alias)
                return true;
        }

        return false;
    }

    private bool IsPlain(string name) => name.Length > 0 && !char.IsDigit(name[0]) && name.All(IsLetter) && !Reserved.Contains(name)
        && !(dialect is not ("Microsoft.Data.Sqlite" or "System.Data.SQLite" or "Microsoft.Data.SqlClient" or "System.Data.SqlClient" or "Npgsql") && ReservedElsewhere.Contains(name));

    private static HashSet<string> Words(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);

    private static bool IsLetter(char letter) => letter is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
