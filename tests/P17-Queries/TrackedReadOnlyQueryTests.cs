using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class TrackedReadOnlyQueryTests : RuleTests<TrackedReadOnlyQueryAnalyzer, TrackedReadOnlyQueryFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    [Fact]
    public Task Entities_that_are_only_read() => ReportsInfo(EntityModel.InMethod("foreach (var order in [|db.Orders.ToList()|]) Use(order.Name, order.Id, order.Quantity);"),
        "'db.Orders.ToList()' tracks every 'Order' it loads, and they are only read here; AsNoTracking() loads them without a copy of their values each");

    [Fact]
    public Task Every_form() => ReportsInfo(EntityModel.InMethod("""
        foreach (var order in [|db.Orders.Where(order => order.IsOpen)|]) Use(order.Name, order.Id, order.Quantity);
        await foreach (var order in [|db.Orders.AsAsyncEnumerable()|]) Use(order.Name, order.Id, order.Quantity);
        var orders = await [|db.Orders.OrderBy(order => order.Id).ToListAsync(cancellationToken)|];
        Use(orders.Count, orders.Select(order => new View { Id = order.Id, Quantity = order.Quantity + order.CustomerId }).ToList());
        foreach (var order in [|db.Orders.Include(order => order.Customer).ToList()|]) Use(order.Name, order.Customer!.Name);
        foreach (var customer in [|db.Customers.ToList()|]) Use(customer.Name, customer.Id);
        """));

    [Fact]
    public Task Silent_where_they_may_have_to_be_tracked() => Reports(EntityModel.InMethod("""
        foreach (var order in db.Orders.AsNoTracking().ToList()) Use(order.Name, order.Id, order.Quantity);
        foreach (var order in db.Orders.AsTracking().ToList()) Use(order.Name, order.Id, order.Quantity);
        foreach (var order in db.Orders.ToList()) Use(order);
        foreach (var order in db.Orders.ToList()) order.Quantity = order.Id + order.CustomerId;
        foreach (var order in db.Orders.ToList()) Use(order.Name, order.Id, order.Customer!.Name);
        foreach (var order in db.Orders.ToList()) Use(order.Name);
        foreach (var order in db.Orders.ToList()) IsGood(order);
        foreach (var order in query.ToList()) Use(order.Name, order.Id, order.Quantity);
        foreach (var view in db.Orders.Select(order => new { order.Id, order.Name, order.Quantity }).ToList()) Use(view.Id, view.Name);
        foreach (var order in db.Orders.Take(3).ToList()) Use(order.Name, order.Id, order.Quantity);
        Use(db.Orders.ToList().Count(order => order.IsOpen), db.Orders.ToList(), db.Orders.Find(id), db.Orders.First().Name);
        """));

    [Theory]
    [InlineData("foreach (var order in db.Orders.ToList()) Use(order.Name, order.Id, order.Quantity); db.SaveChanges();")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Name, order.Id, order.Quantity); } Use(db.ChangeTracker.HasChanges());")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Name, order.Id, order.Quantity); db.Entry(order).Reload(); }")]
    public Task Silent_where_the_context_is_used_to_save(string statements) => Reports(EntityModel.InMethod(statements));

    [Fact]
    public Task Silent_where_no_query_tracks() => Reports(EntityModel.InMethod("foreach (var order in db.Orders.ToList()) Use(order.Name, order.Id, order.Quantity);",
        "void Configure(DbContextOptionsBuilder options) => options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);"));

    [Fact]
    public Task The_fix_says_what_it_changes() => Fixes(EntityModel.InMethod("""
        foreach (var order in [|db.Orders.Where(order => order.IsOpen)|])
                    Use(order.Name, order.Id, order.Quantity);

                var orders = await [|db.Orders
                    .OrderBy(order => order.Id)
                    .ToListAsync()|];
                Use(orders.Select(order => order.Name + order.Id + order.Quantity));
        """), EntityModel.InMethod("""
        foreach (var order in db.Orders.AsNoTracking().Where(order => order.IsOpen))
                    Use(order.Name, order.Id, order.Quantity);

                var orders = await db.Orders
                    .AsNoTracking()
                    .OrderBy(order => order.Id)
                    .ToListAsync();
                Use(orders.Select(order => order.Name + order.Id + order.Quantity));
        """), changes: true);

    [Fact]
    public Task Silent_where_an_entity_was_changed_that_a_tracking_query_finds() => Reports(EntityModel.InMethod("""
        foreach (var order in db.Orders.ToList()) order.Quantity++;
                foreach (var order in db.Orders.ToList()) Use(order.Name, order.Id, order.Quantity);
        """));

    [Fact]
    public Task Fix_all_leaves_it() => FixAllLeaves(EntityModel.InMethod("foreach (var order in [|db.Orders.ToList()|]) Use(order.Name, order.Id, order.Quantity);"));

    [Fact]
    public Task An_asynchronous_loop_over_the_set_itself() => HasNoFix(EntityModel.InMethod("await foreach (var order in [|db.Orders|]) Use(order.Name, order.Id, order.Quantity);"));

    [Fact]
    public Task The_same_values_are_read() => FixesAndRuns(EntityModel.Program("""
        foreach (var order in db.Orders.OrderBy(order => order.Id))
            Trace.Log(order.Name + order.Quantity + order.Created);

        foreach (var order in (from order in db.Orders.Include(order => order.Customer) where order.CustomerId == id orderby order.Id select order).ToList())
            Trace.Log(order.Customer!.Name + order.Id + order.Quantity);
        """), [[NewFile, -1], [NewFile, 1]], changes: true);
}
