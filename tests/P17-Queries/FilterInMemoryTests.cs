using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class FilterInMemoryTests : RuleTests<FilterInMemoryAnalyzer, FilterInMemoryFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    // What is reported.

    [Fact]
    public Task Filtered_behind_ToList() => ReportsWarning(EntityModel.InMethod("Use([|db.Orders.ToList()|].Where(order => order.Quantity > 3).ToList());"),
        "'db.Orders.ToList()' loads all rows of the query, and 'Where' runs on them in memory; let the database do it and load what is left");

    [Fact]
    public Task Every_form() => ReportsWarning(EntityModel.InMethod("""
        Use([|db.Orders.ToArray()|].Count(order => order.IsOpen));
        Use([|db.Orders.AsEnumerable()|].Where(order => order.CustomerId == id));
        Use((await [|db.Orders.ToListAsync()|]).FirstOrDefault(order => order.Id == id));
        Use((await [|db.Orders.ToArrayAsync(cancellationToken)|].ConfigureAwait(false)).Any(order => order.Key == Guid.Empty));
        Use((await [|db.Orders.ToListAsync()|]).Count);
        Use([|db.Orders.ToList()|].Count, [|db.Orders.ToArray()|].Length, [|db.Orders.ToList()|].Any());
        Use([|db.Set<Order>().ToList()|].First(), [|db.Orders.OrderBy(order => order.Id).ToList()|].Take(10));
        Use([|db.Orders.ToList()|].Find(order => order.Id == id), [|db.Orders.ToList()|].Exists(order => order.IsOpen), [|db.Orders.ToList()|].FindAll(order => order.IsOpen));
        Use([|db.Orders.ToList()|].Sum(order => order.Quantity), [|db.Orders.ToList()|].Max(order => order.Created), [|db.Orders.ToList()|].All(order => !order.IsOpen));
        Use([|db.Orders.Where(order => order.IsOpen).AsNoTracking().ToList()|].Single(order => order.Id == limit));
        Use([|db.Orders.ToList()|].Where(order => order.Name.StartsWith(text) && order.Name.ToLower() != "x" && !string.IsNullOrEmpty(order.Name)));
        Use([|db.Orders.ToList()|].Where(order => order.ClosedAt == null || order.ClosedAt.Value.Year == 2020));
        Use([|db.Orders.ToList()|].Where(order => order.ClosedAt is not null), [|db.Orders.ToList()|].Where(order => order.Created < new DateTime(2020, 1, 5)));
        Use([|db.Orders.ToList()|].Where(order => ids.Contains(order.CustomerId)), [|db.Orders.ToList()|].Where(order => order.State == State.Open));
        Use([|db.Orders.Include(order => order.Customer).ToList()|].Where(order => order.Customer!.Name == text));
        Use([|db.Orders.Select(order => order.Quantity).ToList()|].Sum(), [|db.Orders.Select(order => order.Id).ToList()|].Contains(id));
        Use([|db.Orders.Select(order => new { order.Id, order.Quantity }).ToList()|].Where(order => order.Quantity > 3));
        Use([|db.Orders.ToList()|].OrderBy(order => order.Created).Take(3).Select(order => new View(order)));
        Use(from order in [|db.Orders.ToList()|] where order.IsOpen select order.Id);
        Use([|(from order in db.Orders where order.IsOpen select order).ToList()|].Count(order => order.Quantity == 1));
        foreach (var order in [|query.ToList()|].Where(order => order.IsOpen)) Use(order);
        """));

    [Theory]
    [InlineData("var orders = [|db.Orders.ToList()|]; var open = orders.Where(order => order.IsOpen).ToList(); Use(open);")]
    [InlineData("var orders = await [|db.Orders.ToListAsync()|]; Use(id); Use(orders.First(order => order.Quantity == id));")]
    [InlineData("var all = db.Orders; var orders = [|all.ToList()|]; Use(orders.Count(order => order.IsOpen), orders.Sum(order => order.Quantity));")]
    [InlineData("IQueryable<Order> orders = db.Orders; if (id > 1) orders = orders.Where(order => order.Quantity > id); Use([|orders.ToList()|].Count(order => order.IsOpen));")]
    [InlineData("var orders = db.Orders.AsQueryable(); if (id > 1) orders = orders.Where(order => order.Quantity > id); Use([|orders.ToList()|].Count(order => order.IsOpen));")]
    [InlineData("Func<List<Order>> open = () => [|db.Orders.ToList()|].Where(order => order.IsOpen).ToList(); Use(open);")]
    [InlineData("foreach (var each in ids) Use([|db.Orders.ToList()|].Count(order => order.CustomerId == each));")]
    public Task Through_locals_and_in_every_place(string statements) => ReportsWarning(EntityModel.InMethod(statements));

    [Fact]
    public Task Sorting_alone_is_a_hint() => ReportsInfo(EntityModel.InMethod("Use([|db.Orders.ToList()|].OrderBy(order => order.Created).ToList());"));

    // Where it is silent.

    [Fact]
    public Task Silent_where_the_database_cannot_do_it() => Reports(EntityModel.InMethod("""
        Use(db.Orders.ToList().Where(order => IsGood(order)), db.Orders.ToList().Where(IsGood), db.Orders.ToList().Where(condition), db.Orders.AsEnumerable().Where(order => condition(order)));
        Use(db.Orders.ToList().Where(order => new View(order).Id == 3), db.Orders.ToList().Where(order => string.Format("{0}", order.Id) == text), db.Orders.ToList().Where(order => order.Id.ToString("D3") == text));
        Use(db.Orders.ToList().Where(order => System.Text.RegularExpressions.Regex.IsMatch(order.Name, text)), db.Orders.ToList().Where(order => order.Name.Equals(text, StringComparison.OrdinalIgnoreCase)));
        Use(db.Orders.ToList().Where(order => order.IsLate), db.Orders.ToList().Where(order => order.Rank > 3), db.Orders.ToList().Where(order => order.Name[0] == 'a'));
        Use(db.Orders.ToList().Where((order, i) => i > 3), db.Orders.ToList().OrderBy(order => order.Price), db.Orders.ToList().Where(order => order.Sent > DateTimeOffset.UtcNow));
        Use(db.Orders.ToList().OrderBy(order => order.Name, StringComparer.Ordinal), db.Orders.ToList().Where(order => order.Customer?.Name == text));
        Use(db.Orders.ToList().Where(order => { return order.IsOpen; }), db.Orders.Select(order => IsGood(order)).ToList().Count(good => good));
        Use(db.Orders.ToList().Where(order => order.Name is "a" or "b"));
        """));

    [Fact]
    public Task Silent_where_the_rows_are_wanted() => Reports(EntityModel.InMethod("""
        Use(db.Orders.ToList().Select(order => new View(order)), db.Orders.ToList(), db.Orders.ToList()[0], db.Orders.ToList().GroupBy(order => order.CustomerId));
        var all = db.Orders.ToList();
        Use(all.Where(order => order.IsOpen), all.Count);
        Use(all);
        var kept = db.Orders.ToList();
        foreach (var each in ids)
            Use(kept.First(order => order.Id == each));

        var looked = db.Orders.ToList();
        Use(ids.Select(each => looked.Find(order => order.Id == each)));
        Use(db.Orders.Where(order => order.Id == id).ToList().FirstOrDefault(), db.Orders.Take(10).ToList().Where(order => order.IsOpen));
        var page = db.Orders.OrderBy(order => order.Id).Skip(10).Take(10).ToList();
        Use(page.Count);
        var two = db.Orders.ToList();
        Use(two.Where(order => order.IsOpen), two.Where(order => !order.IsOpen));
        """));

    [Fact]
    public Task Silent_where_no_database_is_asked() => Reports(EntityModel.InMethod("""
        Use(ids.AsQueryable().ToList().Where(n => n > 3), numbers.ToList().Where(n => n > 3), new List<Order>().AsQueryable().ToList().Count(order => order.IsOpen));
        Use(db.Orders.Local.ToList().Where(order => order.IsOpen), db.Orders.FromSqlRaw("EXEC all").ToList().Where(order => order.IsOpen));
        """));

    [Fact]
    public Task Silent_on_types_of_the_users_own() => Reports("""
        class DbContext { public DbSet<int> Numbers => new(); }
        class DbSet<T> { public List<T> ToList() => []; }
        class C
        {
            int M(DbContext db) => db.Numbers.ToList().Where(n => n > 3).Count();
        }
        """);

    // The fix.

    [Fact]
    public Task Exact_forms_are_fixed() => Fixes(EntityModel.InMethod("""
        Use([|db.Orders.ToList()|].Where(order => order.Quantity > 3).ToList());
                Use([|db.Orders.AsNoTracking().ToList()|].Count(order => order.IsOpen), [|db.Orders.ToList()|].Count, [|db.Orders.ToArray()|].Length);
                Use((await [|db.Orders.ToListAsync()|]).FirstOrDefault(order => order.Id == id)?.Name);
                Use((await [|db.Orders.ToListAsync(cancellationToken)|].ConfigureAwait(false)).Any(order => order.Key == Guid.Empty));
                Use((await [|db.Orders.ToListAsync(cancellationToken)|]).Where(order => order.CustomerId == id).ToArray());
                Use([|db.Orders.ToList()|].Find(order => order.Id == id), [|db.Orders.ToList()|].Exists(order => order.IsOpen), [|db.Orders.ToList()|].FindAll(order => order.IsOpen));
                var name = (await [|db.Orders.ToListAsync()|]).First(order => order.Id == id).Name;
                foreach (var order in [|db.Orders.ToList()|].Where(order => order.IsOpen))
                    Use(order);

                foreach (var order in await db.Orders.ToListAsync())
                    Use(order);

                var views = [|db.Orders
                    .Where(order => order.IsOpen)
                    .ToList()|]
                    .Where(order => order.CustomerId == id && order.ClosedAt is null)
                    .Select(order => new View(order))
                    .ToList();
        """), EntityModel.InMethod("""
        Use(db.Orders.Where(order => order.Quantity > 3).ToList());
                Use(db.Orders.AsNoTracking().Count(order => order.IsOpen), db.Orders.Count(), db.Orders.Count());
                Use((await db.Orders.FirstOrDefaultAsync(order => order.Id == id))?.Name);
                Use(await db.Orders.AnyAsync(order => order.Key == Guid.Empty, cancellationToken).ConfigureAwait(false));
                Use(await db.Orders.Where(order => order.CustomerId == id).ToArrayAsync(cancellationToken));
                Use(db.Orders.FirstOrDefault(order => order.Id == id), db.Orders.Any(order => order.IsOpen), db.Orders.Where(order => order.IsOpen).ToList());
                var name = (await db.Orders.FirstAsync(order => order.Id == id)).Name;
                foreach (var order in db.Orders.Where(order => order.IsOpen).ToList())
                    Use(order);

                foreach (var order in await db.Orders.ToListAsync())
                    Use(order);

                var views = db.Orders
                    .Where(order => order.IsOpen)
                    .Where(order => order.CustomerId == id && order.ClosedAt == null)
                    .ToList()
                    .Select(order => new View(order))
                    .ToList();
        """));

    [Fact]
    public Task A_local_goes() => Fixes(EntityModel.InMethod("""
        // All of them.
                var orders = [|db.Orders.ToList()|];
                var open = orders.Where(order => order.IsOpen).ToList();

                var all = await [|db.Orders.ToListAsync(cancellationToken)|];
                if (all.Any(order => order.Quantity == id))
                    Use(open);
        """), EntityModel.InMethod("""
        // All of them.
                var open = db.Orders.Where(order => order.IsOpen).ToList();

                if (await db.Orders.AnyAsync(order => order.Quantity == id, cancellationToken))
                    Use(open);
        """));

    [Fact]
    public Task What_the_database_compares_otherwise_is_said() => Fixes(EntityModel.InMethod("Use([|db.Orders.ToList()|].Where(order => order.Name == text).ToList());"), EntityModel.InMethod("Use(db.Orders.Where(order => order.Name == text).ToList());"),
        title: "Let the database do it and load what is left: text compares as its collation says", changes: true);

    [Fact]
    public Task All_that_changes_is_said() => Fixes(EntityModel.InMethod("Use([|db.Orders.ToList()|].Where(order => order.Name.Contains(text) && order.ClosedAt < DateTime.UtcNow).ToList());"), EntityModel.InMethod("Use(db.Orders.Where(order => order.Name.Contains(text) && order.ClosedAt < DateTime.UtcNow).ToList());"),
        title: "Let the database do it and load what is left: text compares as its collation says, null compares as in SQL, the time is that of the database", changes: true);

    [Fact]
    public Task Windows_line_ends_stay() => Fixes(EntityModel.InMethod("Use([|db.Orders.ToList()|]\n            .Count(order => order.IsOpen));").ReplaceLineEndings("\r\n"), EntityModel.InMethod("Use(db.Orders\n            .Count(order => order.IsOpen));").ReplaceLineEndings("\r\n"));

    [Theory]
    [InlineData("Use([|db.Orders.ToList()|].Where(order => order.Price > 3).ToList());")]
    [InlineData("Use([|db.Orders.ToList()|].OrderBy(order => order.Created).ToList());")]
    [InlineData("Use([|db.Orders.ToList()|].Where(order => order.ClosedAt > DateTime.UtcNow).ToList());")]
    [InlineData("Use([|db.Orders.Include(order => order.Customer).ToList()|].Where(order => order.Customer!.Id == id).ToList());")]
    [InlineData("var first = db.Orders.First(); first.Quantity = 3; Use([|db.Orders.ToList()|].Count(order => order.Quantity == 3));")]
    [InlineData("var found = [|db.Orders.ToList()|].First(order => order.Id == id); Use(found.Customer);")]
    [InlineData("Use([|db.Orders.ToList()|].Sum(order => order.Weight));")]
    public Task Fix_all_leaves_what_changes(string statements) => FixAllLeaves(EntityModel.InMethod(statements));

    // Beyond 64 bits the database has an exception of its own.
    [Fact]
    public Task A_sum_of_long_numbers_changes() => FixAllLeaves("""
        using Microsoft.EntityFrameworkCore;

        class Account { public int Id { get; set; } public long Balance { get; set; } }
        class Bank : DbContext { public DbSet<Account> Accounts => Set<Account>(); }
        class C { static long M(Bank bank) => [|bank.Accounts.ToList()|].Sum(account => account.Balance); }
        """);

    [Theory]
    [InlineData("Use([|db.Orders.ToList()|].Where(order => array.Contains(order.Id)).ToList());")]
    [InlineData("Use([|db.Orders.ToList()|].Where(order => order.Customer!.Id == id).ToList());")]
    [InlineData("var orders = [|db.Orders.ToList()|]; Use(id); Use(orders.Where(order => order.IsOpen).ToList());")]
    [InlineData("var orders = [|db.Orders.ToList()|]; if (id > 3 && orders.Any(order => order.IsOpen)) Use(id);")]
    [InlineData("var open = [|db.Orders.ToList()|].Where(order => order.CustomerId == id); id = 3; Use(open);")]
    [InlineData("Use([|db.Orders.ToList()|].Where(order => order.IsOpen).Reverse());")]
    [InlineData("Use(from order in [|db.Orders.ToList()|] where order.IsOpen select order.Id);")]
    [InlineData("Use([|db.Orders.ToList()|] /* all */ .Where(order => order.IsOpen).ToList());")]
    [InlineData("var orders = [|db.Orders.ToList()|]; Use(orders.Count(order => order.IsOpen), orders.Sum(order => order.Quantity));")]
    public Task Not_safe(string statements) => HasNoFix(EntityModel.InMethod(statements));

    // What the fixed program does.

    [Fact]
    public Task The_same_rows_are_found() => FixesAndRuns(EntityModel.Program("""
        Trace.Log(db.Orders.ToList().Where(order => order.Quantity > 1).Select(order => order.Id).Sum());
        Trace.Log(string.Join(",", db.Orders.ToList().Where(order => order.CustomerId == id && order.IsOpen).ToList().Select(order => order.Id)));
        Trace.Log((await db.Orders.ToListAsync()).FirstOrDefault(order => order.Id == id)?.Name);
        Trace.Log((await db.Orders.ToListAsync()).Count(order => order.ClosedAt is null));
        Trace.Log(db.Orders.ToList().Count + db.Orders.AsEnumerable().Count(order => order.ClosedAt is not null && order.ClosedAt.HasValue) + db.Orders.ToArray().Length);
        Trace.Log(db.Orders.ToList().Exists(order => order.State == State.Closed) && db.Orders.ToList().TrueForAll(order => order.Id != id));
        Trace.Log(db.Orders.ToList().OrderByDescending(order => order.Id).Take(3).Last().Id);
        Trace.Log(db.Orders.ToList().Max(order => order.Created));
        var ids = new List<int> { 1, 3, id };
        Trace.Log(string.Join(",", db.Orders.ToList().FindAll(order => ids.Contains(order.Id)).ConvertAll(order => order.Name)));
        foreach (var order in (await db.Orders.ToListAsync()).Where(order => order.Created < new DateTime(2020, 1, 5)))
            order.Quantity++;

        db.SaveChanges();
        var all = db.Orders.ToList();
        var open = all.First(order => order.IsOpen && order.Id == id);
        Trace.Log(open.Id);
        """), [[NewFile, -1], [NewFile, 1], [NewFile, 4], [NewFile, 99]]);
}
