using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class SqlFromValuesTests : RuleTests<SqlFromValuesAnalyzer, SqlFromValuesFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.EntityFramework, .. References.Dapper];

    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private static string InMethod(string statements, string members = "") => $$"""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        class Row
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
        }

        class Db : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
        }

        enum Kind { Small, Large }

        class C(DbConnection other, Db db)
        {
            private const string Table = "rows";
            private static readonly string Column = "name";
            private static readonly int Most = 5;
            {{members}}

            async Task M(SqliteConnection connection, SqliteCommand command, IDbCommand plain, string name, int id, string table, bool isOpen, Kind kind, DateTime day, List<int> ids, List<string> names, string[] parameterNames, object key, Row row)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
            }
        }
        """;

    // What is reported.

    [Fact]
    public Task In_a_loop_it_is_a_warning() => ReportsWarning(InMethod("foreach (var each in names) connection.Execute([|$\"DELETE FROM rows WHERE name = '{each}'\"|]);"),
        "'each' is written into the SQL in every iteration of the loop over 'names': the database parses and plans a new text for every value; pass it as a parameter");

    [Fact]
    public Task Elsewhere_it_is_a_hint() => ReportsInfo(InMethod("command.CommandText = [|\"SELECT * FROM rows WHERE id = \" + id|];"),
        "'id' is written into the SQL: the database parses and plans a new text for every value; pass it as a parameter");

    [Theory]
    [InlineData("foreach (var each in ids) { command.CommandText = [|$\"UPDATE rows SET n = {each}\"|]; command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var each in ids) { var sql = [|$\"UPDATE rows SET n = {each}\"|]; using var own = new SqliteCommand(sql, connection); own.ExecuteNonQuery(); }")]
    [InlineData("for (var i = 0; i < names.Count; i++) await connection.ExecuteAsync([|$\"INSERT INTO rows VALUES ({i}, 'x')\"|]);")]
    [InlineData("names.ForEach(each => connection.Execute([|\"DELETE FROM rows WHERE name = '\" + each + \"'\"|]));")]
    [InlineData("var found = ids.Select(each => connection.QueryFirst<Row>([|$\"SELECT * FROM rows WHERE id = {each}\"|])).ToList();")]
    [InlineData("foreach (var each in ids) await db.Database.ExecuteSqlRawAsync([|$\"DELETE FROM rows WHERE id = {each}\"|]);")]
    public Task Every_loop(string statements) => ReportsWarning(InMethod(statements));

    [Theory]
    [InlineData("foreach (var each in ids) { command.CommandText = [|$\"UPDATE rows SET n = {id}\"|]; command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var each in new[] { 1, 2, 3 }) { command.CommandText = [|$\"UPDATE rows SET n = {each}\"|]; command.ExecuteNonQuery(); }")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE name = '{name}'\"|];")]
    [InlineData("command.CommandText = [|\"SELECT * FROM rows WHERE name = '\" + name + \"' AND id > \" + id|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE name LIKE '%{name}%'\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM {Table} WHERE {Column} = '{name}'\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM {table} WHERE id = {id} ORDER BY {name}\"|];")]
    [InlineData("command.CommandText = [|string.Format(\"SELECT * FROM rows WHERE id = {0}\", id)|];")]
    [InlineData("command.CommandText = [|string.Format(\"SELECT * FROM {0} WHERE a = {1} AND b = {2} AND c = {3}\", table, id, id, id)|];")]
    [InlineData("command.CommandText = [|string.Concat(\"SELECT * FROM rows WHERE id = \", id)|];")]
    [InlineData("var sql = [|$\"INSERT INTO rows (id, name) VALUES ({id}, '{name}')\"|]; command.CommandText = sql;")]
    [InlineData("plain.CommandText = [|$\"SELECT * FROM rows WHERE id IN (1, {id})\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE id IN ({string.Join(\", \", ids)})\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE name IN ({string.Join(\",\", names.Select(n => $\"'{n}'\"))})\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE name IN ('{string.Join(\"','\", names)}')\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE day BETWEEN '{day:yyyy-MM-dd}' AND '{day.AddDays(1):yyyy-MM-dd}'\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE kind = {(int)kind}\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE id = {row.Id} OR name = '{row.Name}'\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE id = {key}\"|];")]
    [InlineData("command.CommandText = [|\"SELECT * FROM rows WHERE id = \" + name|];")]
    [InlineData("command.CommandText = [|$\"UPDATE rows SET n = n + {id} WHERE name = 'a'\"|];")]
    [InlineData("command.CommandText = [|$\"EXEC find_rows '{name}', {id}\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE name = '{name.Replace(\"'\", \"''\")}'\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE lower(name) = lower('{name}')\"|];")]
    [InlineData("command.CommandText = [|$\"INSERT INTO rows VALUES (1, 'a'), ({id}, 'b')\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT 1; SELECT * FROM rows WHERE id = {id};\"|];")]
    [InlineData("var sql = \"SELECT * FROM rows WHERE 1 = 1\"; if (isOpen) sql += [|$\" AND name = '{name}'\"|]; command.CommandText = sql;")]
    [InlineData("var sql = \"SELECT * FROM rows\"; sql = sql + \" WHERE id > 0\"; if (isOpen) sql += [|\" AND id < \" + id|]; plain.CommandText = sql;")]
    [InlineData("var filter = isOpen ? [|$\" WHERE id = {id}\"|] : \"\"; command.CommandText = \"SELECT * FROM rows\" + filter;")]
    [InlineData("var b = new StringBuilder(); b.Append(\"SELECT * FROM rows \"); b.Append(\"WHERE name = '\").Append([|name|]).Append('\\''); command.CommandText = b.ToString();")]
    [InlineData("var b = new StringBuilder(\"SELECT * FROM rows\"); if (isOpen) b.AppendLine().Append([|$\" WHERE id = {id}\"|]); command.CommandText = b.ToString();")]
    [InlineData("using var own = new SqliteCommand([|$\"SELECT * FROM rows WHERE id = {id}\"|], connection);")]
    [InlineData("var own = new SqliteCommand { CommandText = [|$\"SELECT * FROM rows WHERE id = {id}\"|], Connection = connection };")]
    [InlineData("_ = await connection.QueryAsync<Row>([|$\"SELECT * FROM rows WHERE id = {id}\"|]);")]
    [InlineData("_ = connection.Query<Row>(new CommandDefinition([|$\"SELECT * FROM rows WHERE id = {id}\"|]).CommandText);")]
    [InlineData("_ = db.Rows.FromSqlRaw([|$\"SELECT * FROM Rows WHERE Name = '{name}'\"|]).ToList();")]
    [InlineData("_ = db.Database.SqlQueryRaw<int>([|\"SELECT Id FROM Rows WHERE Id > \" + id|]).ToList();")]
    [InlineData("_ = db.Database.ExecuteSqlRaw([|$\"DELETE FROM Rows WHERE Id = {id}\"|]);")]
    public Task Every_form(string statements) => ReportsInfo(InMethod(statements));

    [Fact]
    public Task One_text_that_is_run_twice_is_one_finding() => Reports(InMethod("var sql = [|$\"DELETE FROM rows WHERE id = {id}\"|]; command.CommandText = sql; plain.CommandText = sql;"));

    // What is not.

    [Theory]
    [InlineData("command.CommandText = $\"SELECT * FROM {table} WHERE id = @id\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM {nameof(Row)} WHERE {nameof(Row.Id)} = @id\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM {Table} WHERE {Column} = 'x' AND id < {Most}\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows WHERE kind = {(int)Kind.Large}\";")]
    [InlineData("command.CommandText = \"SELECT * FROM rows WHERE id = \" + 5;")]
    [InlineData("var five = 5; command.CommandText = $\"SELECT * FROM rows WHERE id = {five}\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows ORDER BY {name} {(isOpen ? \"ASC\" : \"DESC\")}\";")]
    [InlineData("var column = kind switch { Kind.Small => \"a\", _ => \"b\" }; command.CommandText = $\"SELECT * FROM rows WHERE {column} = @id AND x = {column}\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows LIMIT {id}\";")]
    [InlineData("command.CommandText = $\"SELECT TOP {id} * FROM rows\";")]
    [InlineData("command.CommandText = $\"CREATE TABLE {table} (a TEXT DEFAULT '{name}', b INT CHECK (b > {id}))\";")]
    [InlineData("command.CommandText = $\"PRAGMA user_version = {id}\";")]
    [InlineData("command.CommandText = $\"ATTACH DATABASE '{name}' AS other\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows WHERE id IN ({string.Join(\", \", ids.Select((_, i) => $\"@p{i}\"))})\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows WHERE id IN ({string.Join(\", \", parameterNames)})\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows WHERE id = @p{id} OR id = :{name} OR id = ${id}\";")]
    [InlineData("foreach (var parameterName in parameterNames) command.CommandText = \"SELECT * FROM rows WHERE id = \" + parameterName;")]
    [InlineData("var parameter = command.CreateParameter(); command.CommandText = $\"SELECT * FROM rows WHERE id = {parameter.ParameterName}\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows_{id} WHERE a{id} = 1\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows r JOIN {table} t ON t.id = {table}.id AND r.x = {name}(t.x)\";")]
    [InlineData("command.CommandText = $\"SELECT json_extract(data, '$.{name}') AS '{name}' FROM rows WHERE data ->> '{name}' = 'x'\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows -- for {name} = '{id}'\\nWHERE id = @id\";")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows WHERE name = '{name}\";")]
    [InlineData("command.CommandText = name;")]
    [InlineData("var b = new StringBuilder(\"SELECT * FROM rows WHERE id IN (\"); for (var i = 0; i < ids.Count; i++) b.Append(\"@p\").Append(i).Append(','); command.CommandText = b.ToString();")]
    [InlineData("_ = db.Rows.FromSqlInterpolated($\"SELECT * FROM Rows WHERE Name = {name}\").ToList();")]
    [InlineData("_ = db.Rows.FromSql($\"SELECT * FROM Rows WHERE Name = {name}\").ToList();")]
    [InlineData("_ = db.Database.ExecuteSql($\"DELETE FROM Rows WHERE Id = {id}\");")]
    [InlineData("_ = await db.Database.ExecuteSqlInterpolatedAsync($\"DELETE FROM Rows WHERE Id = {id}\");")]
    [InlineData("_ = db.Database.ExecuteSqlRaw(\"DELETE FROM Rows WHERE Id = {0}\", id);")]
    [InlineData("Console.WriteLine($\"SELECT * FROM rows WHERE id = {id}\");")]
    [InlineData("command.CommandText = $\"SELECT * FROM rows WHERE name = {Sub()}\"; string Sub() => \"(SELECT 1)\";")]
    public Task Quiet(string statements) => Reports(InMethod(statements));

    [Fact]
    public Task Types_of_the_users_own_with_the_same_names() => Reports("""
        class SqlCommand { public string CommandText { get; set; } = ""; }
        class C { void M(SqlCommand command, int id) => command.CommandText = $"SELECT * FROM rows WHERE id = {id}"; }
        """);

    // What the fix makes of it.

    [Fact]
    public Task A_command_of_its_own() => Fixes(InMethod("""
        foreach (var each in names)
        {
            using var own = connection.CreateCommand();
            own.CommandText = [|$"INSERT INTO {table} (name, n) VALUES ('{each}', {each.Length})"|];
            own.ExecuteNonQuery();
        }
        """), InMethod("""
        foreach (var each in names)
        {
            using var own = connection.CreateCommand();
            own.CommandText = $"INSERT INTO {table} (name, n) VALUES (@each, @Length)";
            own.Parameters.AddWithValue("@each", each);
            own.Parameters.AddWithValue("@Length", each.Length);
            own.ExecuteNonQuery();
        }
        """), changes: true);

    [Fact]
    public Task One_command_for_all() => Fixes(InMethod("""
        using var own = connection.CreateCommand();
        foreach (var each in ids)
        {
            // One row.
            own.CommandText = [|"DELETE FROM rows WHERE id = " + each + " AND name = '" + name + "'"|]; // Gone.
            own.ExecuteNonQuery();
        }
        """), InMethod("""
        using var own = connection.CreateCommand();
        foreach (var each in ids)
        {
            // One row.
            own.CommandText = "DELETE FROM rows WHERE id = @each AND name = @name"; // Gone.
            own.Parameters.Clear();
            own.Parameters.AddWithValue("@each", each);
            own.Parameters.AddWithValue("@name", name);
            own.ExecuteNonQuery();
        }
        """), changes: true);

    [Theory]
    [InlineData("var sql = [|$\"SELECT * FROM rows WHERE name LIKE '%{name}%' OR id = {id}\"|];\nusing var own = new SqliteCommand(sql, connection);\nown.ExecuteNonQuery();",
        "var sql = \"SELECT * FROM rows WHERE name LIKE @name OR id = @id\";\nusing var own = new SqliteCommand(sql, connection);\nown.Parameters.AddWithValue(\"@name\", \"%\" + name + \"%\");\nown.Parameters.AddWithValue(\"@id\", id);\nown.ExecuteNonQuery();")]
    [InlineData("using (var own = new SqliteCommand([|$\"SELECT * FROM rows WHERE id = {id}\"|], connection))\n{\n    own.ExecuteNonQuery();\n}",
        "using (var own = new SqliteCommand(\"SELECT * FROM rows WHERE id = @id\", connection))\n{\n    own.Parameters.AddWithValue(\"@id\", id);\n    own.ExecuteNonQuery();\n}")]
    [InlineData("using var own = other.CreateCommand();\nown.CommandText = [|$\"SELECT * FROM rows WHERE id = {id}\"|];\nown.ExecuteNonQuery();",
        "using var own = other.CreateCommand();\nown.CommandText = \"SELECT * FROM rows WHERE id = @id\";\nvar idParameter = own.CreateParameter();\nidParameter.ParameterName = \"@id\";\nidParameter.Value = id;\nown.Parameters.Add(idParameter);\nown.ExecuteNonQuery();")]
    [InlineData("connection.Execute([|$\"UPDATE rows SET name = N'{row.Name}' WHERE id = {id} AND other = {id}\"|]);",
        "connection.Execute(\"UPDATE rows SET name = @Name WHERE id = @id AND other = @id\", new { row.Name, id });")]
    [InlineData("var sql = [|\"DELETE FROM rows WHERE id = \" + id|];\nawait connection.ExecuteAsync(sql, commandTimeout: 3);",
        "var sql = \"DELETE FROM rows WHERE id = @id\";\nawait connection.ExecuteAsync(sql, new { id }, commandTimeout: 3);")]
    [InlineData("_ = await connection.QueryAsync<Row>([|$@\"SELECT *\nFROM rows\nWHERE id = {id + 1}\"|]);",
        "_ = await connection.QueryAsync<Row>(@\"SELECT *\nFROM rows\nWHERE id = @value\", new { value = id + 1 });")]
    [InlineData("_ = connection.Query<Row>([|\"SELECT * \" +\n    \"FROM rows \" +\n    \"WHERE name = '\" + name + \"' \" +\n    \"AND id = \" + id + \" \" +\n    \"ORDER BY id\"|]);",
        "_ = connection.Query<Row>(\"SELECT * \" +\n    \"FROM rows \" +\n    \"WHERE name = @name \" +\n    \"AND id = @id \" +\n    \"ORDER BY id\", new { name, id });")]
    [InlineData("_ = db.Rows.FromSqlRaw([|$\"SELECT * FROM Rows WHERE Name = '{name}' AND Id = {id}\"|]).ToList();", "_ = db.Rows.FromSql($\"SELECT * FROM Rows WHERE Name = {name} AND Id = {id}\").ToList();")]
    [InlineData("await db.Database.ExecuteSqlRawAsync([|$\"DELETE FROM Rows WHERE Id = {id}\"|], CancellationToken.None);", "await db.Database.ExecuteSqlAsync($\"DELETE FROM Rows WHERE Id = {id}\", CancellationToken.None);")]
    [InlineData("_ = db.Database.SqlQueryRaw<int>([|$\"SELECT Id FROM Rows WHERE Id = {id}\"|]).ToList();", "_ = db.Database.SqlQuery<int>($\"SELECT Id FROM Rows WHERE Id = {id}\").ToList();")]
    public Task Parameters(string before, string after) => Fixes(InMethod(before), InMethod(after), changes: true);

    [Theory]
    [InlineData("command.CommandText = [|$\"SELECT * FROM rows WHERE id = {id}\"|];")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE day = '{day}'\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE id = {(double)id}\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE id = {isOpen}\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE id = '{id}'\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE id = {name}\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE id = {id:D4}\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE id IN ({string.Join(\",\", ids)})\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE name = '{name.Replace(\"'\", \"''\")}'\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE name = '{name}{table}'\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE name = '{name}' AND id = ?\"|]);")]
    [InlineData("connection.Execute([|$\"SELECT * FROM rows WHERE id = {id} AND name = @name\"|], new { name });")]
    [InlineData("connection.Execute([|string.Format(\"SELECT * FROM rows WHERE id = {0}\", id)|]);")]
    [InlineData("var sql = [|$\"SELECT * FROM rows WHERE id = {id}\"|]; Console.WriteLine(sql); connection.Execute(sql);")]
    [InlineData("var sql = [|$\"SELECT * FROM rows WHERE id = {id}\"|]; Console.WriteLine(); id++; connection.Execute(sql);")]
    [InlineData("using var own = connection.CreateCommand(); own.Parameters.AddWithValue(\"@a\", 1); foreach (var each in ids) { own.CommandText = [|$\"SELECT @a FROM rows WHERE id = {each}\"|]; own.ExecuteNonQuery(); }")]
    [InlineData("_ = db.Rows.FromSqlRaw([|$\"SELECT * FROM Rows WHERE Name LIKE '%{name}%'\"|]).ToList();")]
    [InlineData("_ = db.Rows.FromSqlRaw([|$\"SELECT * FROM {table} WHERE Id = {id}\"|]).ToList();")]
    public Task Reported_without_a_fix(string statements) => HasNoFix(InMethod(statements));

    [Fact]
    public Task A_text_that_may_be_null_was_empty() => Fixes(InMethod("connection.Execute([|$\"DELETE FROM rows WHERE name = '{name}'\"|]);"), InMethod("connection.Execute(\"DELETE FROM rows WHERE name = @name\", new { name = name ?? \"\" });"),
        changes: true, target: Target.Net100.Oblivious);

    [Fact]
    public Task Carriage_returns_stay() => Fixes(InMethod("using var own = connection.CreateCommand();\nown.CommandText = [|$\"DELETE FROM rows WHERE id = {id}\"|];\nown.ExecuteNonQuery();").ReplaceLineEndings("\r\n"),
        InMethod("using var own = connection.CreateCommand();\nown.CommandText = \"DELETE FROM rows WHERE id = @id\";\nown.Parameters.AddWithValue(\"@id\", id);\nown.ExecuteNonQuery();").ReplaceLineEndings("\r\n"), changes: true);

    [Fact]
    public Task The_fixed_program_gives_the_same() => FixesAndRuns("""
        using Dapper;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static async Task<string> Run(List<string> names)
            {
                using var connection = new SqliteConnection("Data Source=:memory:");
                connection.Open();
                connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, any)");
                var log = "";
                var id = -2;
                foreach (var name in names)
                {
                    using var insert = connection.CreateCommand();
                    insert.CommandText = $"INSERT INTO t (name, n, any) VALUES ('{name}', {id++}, '{name}')";
                    log += await insert.ExecuteNonQueryAsync();
                }

                using var command = connection.CreateCommand();
                for (var i = -3; i < 3; i++)
                {
                    command.CommandText = "SELECT COUNT(*) FROM t WHERE n = " + i + " AND any <> '" + names.Count + "'";
                    log += command.ExecuteScalar();
                    command.CommandText = "UPDATE t SET n = n + " + i + " WHERE id > " + i;
                    log += command.ExecuteNonQuery();
                }

                foreach (var name in names)
                {
                    var sql = $"SELECT COUNT(*) FROM t WHERE name LIKE '{name}%' OR n = '{name}' OR any = '{name}'";
                    log += connection.ExecuteScalar<long>(sql);
                }

                return log + string.Join(",", connection.Query<string>("SELECT name || n || typeof(any) || typeof(n) FROM t"));
            }
        }
        """, [[Array.Empty<string>()], [new[] { "a", "ab", "5", "", "ß" }], [new string?[] { null, "b" }]], changes: true, target: Target.Net100.Oblivious);
}
