using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class WideEntityReadTests : RuleTests<WideEntityReadAnalyzer, WideEntityReadFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    [Fact]
    public Task One_value_of_each_row() => ReportsInfo(EntityModel.InMethod("foreach (var order in [|db.Orders.ToList()|]) Use(order.Name);"),
        "'db.Orders.ToList()' loads all 12 columns of 'Order' and tracks every entity, and only 'Name' is read; select what is read");

    [Fact]
    public Task Every_form() => ReportsInfo(EntityModel.InMethod("""
        foreach (var order in [|db.Orders|]) Use(order.Name);
        foreach (Order order in [|db.Orders.Where(order => order.IsOpen).OrderBy(order => order.Created).ToArray()|]) Use(order.Name, order.Id);
        await foreach (var order in [|db.Orders.AsAsyncEnumerable()|]) Use(order.Quantity);
        var names = [|db.Orders.ToList()|].Select(order => order.Name).ToList();
        var orders = await [|db.Orders.AsNoTracking().ToListAsync(cancellationToken)|].ConfigureAwait(false);
        for (var i = 0; i < orders.Count; i++) Use(orders[i].Id);
        List<Order> others = [|db.Orders.ToList()|];
        others.ForEach(order => Use(order.Name));
        Use(others.Count, string.Join(", ", others.Select(order => order.Name)));
        var byId = [|db.Orders.ToDictionary(order => order.Id, order => order.Name)|];
        var first = (await [|db.Orders.OrderBy(order => order.Id).ToListAsync()|]).Where(order => IsLong(order.Name)).FirstOrDefault();
        Use(first?.Name);
        IQueryable<Order> composed = db.Orders.AsQueryable();
        if (id > 3) composed = composed.Where(order => order.IsOpen);
        foreach (var order in [|composed.ToList()|]) Use(order.Name);
        Func<List<string>> get = () => [|db.Set<Order>().ToList()|].ConvertAll(order => order.Name);
        """, "static bool IsLong(string text) => text.Length > 3;"));

    [Fact]
    public Task Silent_where_the_entities_are_needed() => Reports(EntityModel.InMethod("""
        foreach (var order in db.Orders.ToList()) Use(order.Name, order.Id, order.Quantity);
        foreach (var order in db.Orders.ToList()) Use(order);
        foreach (var order in db.Orders.ToList()) order.Name = "x";
        foreach (var order in db.Orders.Include(order => order.Customer).ToList()) Use(order.Customer!.Name);
        foreach (var customer in db.Customers.ToList()) Use(customer.Name);
        var kept = db.Orders.ToList(); Use(kept.Count); field = kept; Use(field[0].Name);
        var all = db.Orders.ToList(); Use(all.Select(order => order.Name)); Use(all);
        foreach (var name in db.Orders.Select(order => order.Name).ToList()) Use(name);
        foreach (var order in db.Orders.Take(5).ToList()) Use(order.Name);
        foreach (var order in db.Orders.Where(order => order.Id == id).ToList()) Use(order.Name);
        foreach (var order in db.Orders.ToList()) Use(order.IsLate);
        foreach (var order in new List<Order>().AsQueryable().ToList()) Use(order.Name);
        Use(db.Orders.ToDictionary(order => order.Id), db.Orders.ToList().GroupBy(order => order.Name), db.Orders.ToList().Count);
        var found = db.Orders.First(order => order.IsOpen); Use(found.Name);
        Use(db.Orders.ToList().Where(order => order.IsOpen).Select(order => order.Name));
        foreach (var order in db.Orders.AsTracking().ToList()) Use(order.Name);
        """, "private List<Order> field = [];"));

    [Fact]
    public Task What_is_read_is_selected() => Fixes(EntityModel.InMethod("""
        foreach (Order order in [|db.Orders|])
                    Use(order.Name);

                List<Order> orders = await [|db.Orders.Where(o => o.IsOpen).ToListAsync()|];
                foreach (var open in orders)
                    Use(open.Id, open.Name);

                var names = [|db.Orders
                    .OrderBy(order => order.Id)
                    .ToList()|]
                    .Select(order => order.Name);
                var byId = [|(from each in db.Orders where each.IsOpen select each).ToDictionary(each => each.Id, each => each.Name)|];
        """), EntityModel.InMethod("""
        foreach (var order in db.Orders.Select(order => new { order.Name }))
                    Use(order.Name);

                var orders = await db.Orders.Where(o => o.IsOpen).Select(o => new { o.Id, o.Name }).ToListAsync();
                foreach (var open in orders)
                    Use(open.Id, open.Name);

                var names = db.Orders
                    .OrderBy(order => order.Id)
                    .Select(order => new { order.Name })
                    .ToList()
                    .Select(order => order.Name);
                var byId = (from each in db.Orders where each.IsOpen select each).Select(order => new { order.Id, order.Name }).ToDictionary(each => each.Id, each => each.Name);
        """));

    [Theory]
    [InlineData("foreach (var order in [|db.Orders.ToList()|]) Use(order.Name); db.SaveChanges();")]
    [InlineData("foreach (var order in [|db.Orders.ToList()|]) Use(order.Name); Use(db.Orders.Local.Count);")]
    [InlineData("foreach (var order in [|db.Orders.ToList()|]) Use(order.Name); foreach (var customer in db.Customers) Use(customer.Orders.Count);")]
    [InlineData("await foreach (var order in [|db.Orders|]) Use(order.Name);")]
    [InlineData("[|db.Orders.ToList()|].ForEach((Order order) => Use(order.Name));")]
    public Task Not_safe(string statements) => HasNoFix(EntityModel.InMethod(statements));

    [Fact]
    public Task The_same_values_are_read() => FixesAndRuns(EntityModel.Program("""
        foreach (Order order in db.Orders.OrderBy(order => order.Id))
            Trace.Log(order.Name);

        var open = await db.Orders.Where(order => order.IsOpen && order.CustomerId == id).ToListAsync();
        Trace.Log(open.Count);
        foreach (var each in open)
            Trace.Log(each.Price + each.Id);

        Order? first = db.Orders.OrderBy(order => order.Id).ToList().FirstOrDefault();
        Trace.Log(first?.Created);
        Trace.Log(first == null);
        var byId = await db.Orders.ToDictionaryAsync(order => order.Id, order => order.State);
        Trace.Log(byId.Count);
        Trace.Log(string.Join(",", db.Orders.AsNoTracking().OrderByDescending(order => order.Id).ToArray().Select(order => order.ClosedAt)));
        """), [[NewFile, -1], [NewFile, 1], [NewFile, 2]]);
}
