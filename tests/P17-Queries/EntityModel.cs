namespace HotPath.Tests;

/// <summary>The entities and the context that tests of queries share.</summary>
internal static class EntityModel
{
    public const string Source = """
        public enum State { New, Open, Closed }

        public class Customer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public List<Order> Orders { get; set; } = new();
        }

        public class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public Customer? Customer { get; set; }
            public string Name { get; set; } = "";
            public int Quantity { get; set; }
            public decimal Price { get; set; }
            public double Weight { get; set; }
            public bool IsOpen { get; set; }
            public State State { get; set; }
            public Guid Key { get; set; }
            public DateTime Created { get; set; }
            public DateTimeOffset Sent { get; set; }
            public DateTime? ClosedAt { get; set; }
            public bool IsLate => Created < DateTime.UtcNow;
            [System.ComponentModel.DataAnnotations.Schema.NotMapped] public int Rank { get; set; }
        }

        public class Db(string path = "") : DbContext
        {
            public DbSet<Customer> Customers => Set<Customer>();
            public DbSet<Order> Orders => Set<Order>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path};Pooling=False");
        }
        """;

    /// <summary>A method of a class with a context around the statements.</summary>
    public static string InMethod(string statements, string members = "") => $$"""
        using Microsoft.EntityFrameworkCore;

        {{Source}}

        class View
        {
            public View() { }
            public View(Order order) => Id = order.Id;
            public int Id { get; set; }
            public int Quantity { get; set; }
        }

        class C
        {
            private readonly int limit = 3;
            {{members}}

            async Task M(Db db, int id, string text, List<int> ids, int[] array, Func<Order, bool> condition, IQueryable<Order> query, IQueryable<int> numbers, CancellationToken cancellationToken)
            {
                {{statements}}
                await Task.Yield();
            }

            static bool IsGood(Order order) => order.Quantity > 3;
            static void Use(params object?[] values) { }
        }
        """;

    /// <summary>A program that stores orders and runs the statements, which log what they see.</summary>
    public static string Program(string statements) => $$"""
        using Microsoft.EntityFrameworkCore;

        {{Source}}

        static class Program
        {
            static async Task<string> Run(string path, int id)
            {
                using (var first = new Db(path))
                {
                    first.Database.EnsureCreated();
                    for (var c = 1; c <= 2 && id >= 0; c++)
                        first.Add(new Customer { Name = "c" + c });

                    first.SaveChanges();
                    for (var i = 0; i < 12 && id >= 0; i++)
                        first.Add(new Order { Name = "n" + i % 5, CustomerId = 1 + i % 2, Quantity = i % 4, IsOpen = i % 3 == 0, Price = i, Weight = i, State = (State)(i % 3), Created = new DateTime(2020, 1, 1 + i), ClosedAt = i % 2 == 0 ? null : new DateTime(2021, 1, 1 + i) });

                    first.SaveChanges();
                }

                try
                {
                    await Work(path, id);
                }
                catch (InvalidOperationException)
                {
                    Trace.Log("invalid");
                }

                using var last = new Db(path);
                return string.Join(" ", last.Orders.OrderBy(order => order.Id).Select(order => order.Id + ":" + order.Quantity + order.Name + order.IsOpen));
            }

            static async Task Work(string path, int id)
            {
                using var db = new Db(path);
                {{statements}}
                await Task.Yield();
            }
        }
        """;
}
