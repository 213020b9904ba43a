namespace HotPath.Tests;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("INSERT INTO t VALUES (1)")]
    [InlineData("  insert into t values (1);")]
    [InlineData("update t set a = 1")]
    [InlineData("DELETE FROM t")]
    [InlineData("REPLACE INTO t VALUES (1)")]
    [InlineData("MERGE INTO t USING s ON 1 = 1")]
    [InlineData("-- a comment; with a semicolon\nINSERT INTO t VALUES (1)")]
    [InlineData("/* CREATE */ INSERT INTO t VALUES (1)")]
    [InlineData("WITH x AS (SELECT 1), y(a, b) AS (SELECT ';', 2) INSERT INTO t SELECT * FROM x")]
    [InlineData("WITH x AS (SELECT 1) UPDATE t SET a = (SELECT 2)")]
    [InlineData("INSERT INTO t VALUES (';'); SELECT last_insert_rowid();")]
    [InlineData("INSERT INTO [a;b] VALUES (1); UPDATE \"c;d\" SET x = 1")]
    [InlineData("INSERT INTO t VALUES (1)\nRETURNING id")]
    public void Changes_rows(string text) => Assert.Equal(SqlKind.Change, SqlText.Classify(text));

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("WITH x AS (DELETE FROM t RETURNING id) SELECT * FROM x")]
    [InlineData("(SELECT 1) UNION (SELECT 2)")]
    public void Only_reads_at_first_sight(string text) => Assert.Equal(SqlKind.Query, SqlText.Classify(text));

    [Theory]
    [InlineData("CREATE TABLE t (a)")]
    [InlineData("PRAGMA journal_mode = WAL")]
    [InlineData("INSERT INTO t VALUES (1); COMMIT")]
    [InlineData("INSERT INTO t VALUES (1); CREATE INDEX i ON t(a)")]
    [InlineData("INSERT INTO t VALUES (1); dbo.Clean")]
    public void Does_something_else(string text) => Assert.Equal(SqlKind.Other, SqlText.Classify(text));

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("begin immediate transaction")]
    [InlineData("SAVEPOINT s")]
    [InlineData("BEGIN; INSERT INTO t VALUES (1); COMMIT")]
    public void Begins_a_transaction(string text) => Assert.Equal(SqlKind.BeginTransaction, SqlText.Classify(text));

    [Theory]
    [InlineData("")]
    [InlineData("  -- nothing")]
    [InlineData("/* open")]
    [InlineData("dbo.InsertRow")]
    [InlineData("EXEC InsertRow")]
    [InlineData("INSERTED")]
    [InlineData("'text'")]
    [InlineData("WITH x AS (SELECT 1")]
    public void Is_not_known(string text) => Assert.Equal(SqlKind.Unknown, SqlText.Classify(text));
}
