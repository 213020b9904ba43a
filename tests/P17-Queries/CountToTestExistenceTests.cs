using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class CountToTestExistenceTests : RuleTests<CountToTestExistenceAnalyzer, CountToTestExistenceFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.Dapper, .. References.EntityFramework];

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private static string Ado(string statements, string members = "") => $$"""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;

        class C
        {
            const string Text = "SELECT COUNT(*) FROM orders WHERE city = @city";
            {{members}}

            async Task<bool> M(SqliteConnection connection, DbConnection other, string city)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT COUNT(*) FROM orders WHERE city = @city";
                command.Parameters.AddWithValue("@city", city);
                {{statements}}
            }

            static void Use(params object?[] values) { }
        }
        """;

    [Theory]
    [InlineData("return (long)[|command.ExecuteScalar()|]! > 0;")]
    [InlineData("return (long)[|command.ExecuteScalar()|]! != 0;")]
    [InlineData("return 0 == Convert.ToInt32([|command.ExecuteScalar()|]);")]
    [InlineData("return Convert.ToInt64(await [|command.ExecuteScalarAsync()|].ConfigureAwait(false)) >= 1;")]
    [InlineData("return (long)(await [|command.ExecuteScalarAsync()|])! < 1L;")]
    [InlineData("return int.Parse([|command.ExecuteScalar()|]!.ToString()!) > 0;")]
    [InlineData("return Convert.ToBoolean([|command.ExecuteScalar()|]);")]
    [InlineData("return [|command.ExecuteScalar()|] is long count && count > 0;")]
    [InlineData("return [|command.ExecuteScalar()|] is > 0L;")]
    [InlineData("return [|command.ExecuteScalar()|] is not 0L;")]
    [InlineData("return [|command.ExecuteScalar()|] is long and > 0;")]
    [InlineData("return (long)([|command.ExecuteScalar()|] ?? 0L) == 0;")]
    [InlineData("var count = (long)[|command.ExecuteScalar()|]!; if (count > 0) Use(city); return count == 0;")]
    [InlineData("var result = [|command.ExecuteScalar()|]; return result != null && Convert.ToInt32(result) > 0;")]
    [InlineData("int count; count = Convert.ToInt32([|command.ExecuteScalar()|]); if (count == 0) Use(city); return false;")]
    [InlineData("int count = 0; try { count = Convert.ToInt32([|command.ExecuteScalar()|]); } finally { connection.Close(); } return count > 0;")]
    [InlineData("using var made = new SqliteCommand(\"select count(1) from orders o join items i on i.order_id = o.id where o.city = 'x'\", connection); return (long)[|made.ExecuteScalar()|]! > 0;")]
    [InlineData("using var made = other.CreateCommand(); made.CommandText = Text; return (long)[|made.ExecuteScalar()|]! > 0;")]
    [InlineData("return [|connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM orders WHERE city = @city\", new { city })|] > 0;")]
    [InlineData("return [|connection.ExecuteScalar<bool>(Text, new { city })|];")]
    [InlineData("return await [|other.QuerySingleAsync<long>(Text, new { city })|] == 0;")]
    [InlineData("var found = await [|other.QueryFirstAsync<int>(\"SELECT COUNT(id) AS n FROM orders\")|]; return found != 0;")]
    public Task A_count_of_SQL_that_is_compared_with_zero(string statements) => Reports(Ado(statements), severity: DiagnosticSeverity.Info);

    [Theory]
    [InlineData("return (long)command.ExecuteScalar()! > 1;")]
    [InlineData("return (long)command.ExecuteScalar()! == 1;")]
    [InlineData("var count = (long)command.ExecuteScalar()!; Use(count); return count > 0;")]
    [InlineData("var count = (long)command.ExecuteScalar()!; for (var i = 0; i < count; i++) Use(i); return count > 0;")]
    [InlineData("return (byte)(long)command.ExecuteScalar()! > 0;")]
    [InlineData("return command.ExecuteScalar() != null;")]
    [InlineData("Use(command.ExecuteScalar()); return true;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM orders GROUP BY city\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM orders HAVING COUNT(*) > 3\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*), city FROM orders\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) - 1 FROM orders\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT MAX(n) FROM orders\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM (SELECT 1 FROM orders LIMIT 1)\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM orders WHERE order_id = @id\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM orders WHERE city = @city AND Id = @id\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'x'\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'x'\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM pragma_table_info('x') WHERE name = 'y'\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT EXISTS(SELECT 1 FROM orders WHERE city = @city)\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT COUNT(*) FROM orders WHERE 'open\"; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("command.CommandText = \"SELECT 1\"; if (city == \"\") command.CommandText = Text; return (long)command.ExecuteScalar()! > 0;")]
    [InlineData("return connection.ExecuteScalar<int>(Text, new { city }) > 2;")]
    [InlineData("return new Own().ExecuteScalar(Text) > 0;", "class Own { public long ExecuteScalar(string sql) => sql.Length; }")]
    [InlineData("try { Use(city); return true; } catch { return (long)command.ExecuteScalar()! > 0; }")]
    public Task Silent_where_the_number_or_little_is_asked_for(string statements, string members = "") => Reports(Ado(statements, members));

    [Fact]
    public Task Other_providers_count_too() => Reports("""
        using System.Data;
        using System.Threading.Tasks;

        class C
        {
            static bool Exists(IDbConnection connection, string table)
            {
                using (IDbCommand command = connection.CreateCommand())
                {
                    command.CommandText = $"SELECT COUNT(*) FROM orders WHERE city = '{table}'";
                    return System.Convert.ToInt32([|command.ExecuteScalar()|]) > 0;
                }
            }
        }
        """, severity: DiagnosticSeverity.Info, message: "'command.ExecuteScalar()' counts every row that meets the condition to learn whether there is one; SELECT EXISTS(SELECT 1 FROM …) stops at the first");

    [Fact]
    public Task Counts_of_EF_Core() => ReportsInfo(EntityModel.InMethod("""
        if ([|db.Orders.Count(order => order.Quantity > 2)|] > 0) Use(1);
        if (await [|db.Orders.CountAsync(order => order.IsOpen, cancellationToken)|] == 0) Use(2);
        if ([|db.Orders.Where(order => order.IsOpen).LongCount()|] >= 1) Use(3);
        if (await [|query.LongCountAsync()|].ConfigureAwait(false) is not 0) Use(4);
        var count = [|(from order in db.Orders where order.Name == text select order.Id).Count()|];
        if (count < 1) Use(5);
        bool Has() => [|db.Set<Order>().Count()|] != 0;
        Use(Has());
        """));

    [Fact]
    public Task Silent_for_other_counts() => Reports(EntityModel.InMethod("""
        if (db.Orders.Count(order => order.Quantity > 2) > 1) Use(1);
        Use(db.Orders.Count(), db.Orders.Count(order => order.Id == id) > 0, db.Orders.Where(order => order.Id == id).Count() > 0, db.Orders.Take(3).Count() > 0);
        var count = db.Orders.Count();
        if (count == 0) Use(count);
        Use(ids.Count > 0, ids.Count(n => n > 2) > 0, array.AsQueryable().Count() > 0, numbers.Count() > 0, db.Orders.AsEnumerable().Count() > 0);
        Use(db.Customers.Where(customer => db.Orders.Count(order => order.CustomerId == customer.Id) > 0).ToList());
        var task = db.Orders.CountAsync();
        Use(await task, db.Orders.Any());
        """));

    [Theory]
    [InlineData("CA1827", "Use(await [|db.Orders.CountAsync()|] > 0, db.Orders.Count() > 0);")]
    [InlineData("CA1828", "Use(await db.Orders.CountAsync() > 0, [|db.Orders.Count()|] > 0);")]
    public Task Silent_where_the_twin_is_on(string twin, string statements) =>
        Reports(EntityModel.InMethod(statements), Target.Net100.Option($"dotnet_diagnostic.{twin}.severity = suggestion"));

    [Fact]
    public Task Any_in_place_of_the_comparison() => Fixes(EntityModel.InMethod("""
        if ([|db.Orders.Count(order => order.Quantity > 2)|] > 0) Use(1);
                if (0 == await [|db.Orders.CountAsync(order => order.IsOpen, cancellationToken)|]) Use(2);
                if (id > 2 && [|db.Orders
                    .Where(order => order.IsOpen)
                    .LongCount()|] < 1) Use(3);
                Use(await [|query.LongCountAsync()|].ConfigureAwait(false) is not 0);
                Use(([|db.Orders.Count()|] > 0).ToString(), (await [|db.Orders.CountAsync()|] == 0).ToString());
        """), EntityModel.InMethod("""
        if (db.Orders.Any(order => order.Quantity > 2)) Use(1);
                if (!await db.Orders.AnyAsync(order => order.IsOpen, cancellationToken)) Use(2);
                if (id > 2 && !db.Orders
                    .Where(order => order.IsOpen)
                    .Any()) Use(3);
                Use(await query.AnyAsync().ConfigureAwait(false));
                Use((db.Orders.Any()).ToString(), (!await db.Orders.AnyAsync()).ToString());
        """));

    [Fact]
    public Task No_fix_where_a_variable_holds_the_count_or_a_comment_would_go() => HasNoFix(EntityModel.InMethod("""
        var count = [|db.Orders.Count()|];
        if (count > 0) Use(1);
        if ([|db.Orders.Count()|] /* all */ > 0) Use(2);
        """));

    [Fact]
    public Task No_fix_where_the_user_has_an_Any() => HasNoFix(EntityModel.InMethod("if ([|db.Orders.Count(order => order.IsOpen)|] > 0) Use(1);")
        + "\nstatic class Mine { public static bool Any<T>(this IQueryable<T> query, System.Linq.Expressions.Expression<Func<T, bool>> condition) => false; }");

    [Fact]
    public Task Exists_in_the_text() => Fixes(Ado(""""
        using var made = new SqliteCommand("select count(1) from orders where city = 'x';", connection);
                if ((long)[|made.ExecuteScalar()|]! > 0) Use(1);
                const string Sql = @"SELECT COUNT(*)
                    FROM ""orders""";
                if ([|connection.ExecuteScalar<int>(Sql)|] == 0) Use(2);
                if (await [|connection.ExecuteScalarAsync<bool>("SELECT COUNT(*) FROM orders o " + "WHERE o.city IN (@city, \"y\")", new { city })|]) Use(3);
                return Convert.ToInt32([|command.ExecuteScalar()|]) > 0;
        """"), Ado(""""
        using var made = new SqliteCommand("select exists(select 1 from orders where city = 'x');", connection);
                if ((long)made.ExecuteScalar()! > 0) Use(1);
                const string Sql = @"SELECT EXISTS(SELECT 1
                    FROM ""orders"")";
                if (connection.ExecuteScalar<int>(Sql) == 0) Use(2);
                if (await connection.ExecuteScalarAsync<bool>("SELECT EXISTS(SELECT 1 FROM orders o " + "WHERE o.city IN (@city, \"y\"))", new { city })) Use(3);
                return Convert.ToInt32(command.ExecuteScalar()) > 0;
        """").Replace("command.CommandText = \"SELECT COUNT(*) FROM orders WHERE city = @city\"", "command.CommandText = \"SELECT EXISTS(SELECT 1 FROM orders WHERE city = @city)\""));

    [Theory]
    [InlineData("return [|other.ExecuteScalar<int>(\"SELECT COUNT(*) FROM orders\")|] > 0;")]
    [InlineData("Console.WriteLine(Text); return [|connection.ExecuteScalar<int>(Text, new { city })|] > 0;")]
    [InlineData("return [|connection.ExecuteScalar<int>(\"SELECT COUNT(city) FROM orders\")|] > 0;")]
    [InlineData("return [|connection.ExecuteScalar<int>(\"SELECT COUNT(*) AS n FROM orders\")|] > 0;")]
    [InlineData("return [|connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM orders WHERE abs(n) = 1\")|] > 0;")]
    [InlineData("return [|connection.ExecuteScalar<int>($\"SELECT COUNT(*) FROM orders WHERE city = '{city}'\")|] > 0;")]
    [InlineData("return [|connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM orders -- all\")|] > 0;")]
    [InlineData("return [|connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM orders;\\n\")|] > 0;")]
    [InlineData("var sql = \"SELECT COUNT(*) FROM orders\"; Use(sql); return [|connection.ExecuteScalar<int>(sql)|] > 0;")]
    [InlineData("if ((long)[|command.ExecuteScalar()|]! > 0) Use(1); Use(command.ExecuteScalar()); return true;")]
    public Task No_fix_where_EXISTS_may_be_another_question(string statements) => HasNoFix(Ado(statements));

    [Fact]
    public Task The_answers_stay() => FixesAndRuns(Program("""
        Trace.Log((long)[|command.ExecuteScalar()|]! > 0);
        Trace.Log([|connection.ExecuteScalar<int>("SELECT COUNT(*) FROM Orders WHERE Quantity = @id", new { id })|] == 0);
        Trace.Log([|connection.ExecuteScalar<bool>("SELECT COUNT(*) FROM Orders WHERE Name IS NULL OR Quantity > @id;", new { id })|]);
        Trace.Log(await [|connection.QuerySingleAsync<long>("SELECT COUNT(1) FROM Orders o JOIN Customers c ON c.Id = o.CustomerId WHERE o.Quantity > @id AND c.Name <> 'c1'", new { id })|] < 1);
        Trace.Log([|db.Orders.Count(order => order.Quantity > id)|] > 0);
        Trace.Log([|db.Orders.Include(order => order.Customer).Where(order => order.Quantity == id).Select(order => order.Name).Distinct().Count()|] is 0);
        Trace.Log(await [|db.Orders.GroupBy(order => order.Quantity).CountAsync()|] >= 1);
        Trace.Log(await [|db.Orders.OrderBy(order => order.Name).Skip(11).LongCountAsync()|] == 0L);
        """), [[NewFile, 0], [NewFile, 2], [NewFile, 9], [NewFile, -1]]);

    private static string Program(string statements) => "using Dapper;\nusing Microsoft.Data.Sqlite;\n" + EntityModel.Program($$"""
        using var connection = (SqliteConnection)db.Database.GetDbConnection();
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT COUNT(*) FROM Orders WHERE Quantity > $id";
                command.Parameters.AddWithValue("$id", id);
                {{statements}}
        """);
}
