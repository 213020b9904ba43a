using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Benchmarks;

/// <summary>How the lines of a source are spread.</summary>
public enum CorpusShape
{
    /// <summary>Over many files of a few types each.</summary>
    ManyFiles,

    /// <summary>Over the methods of one type.</summary>
    OneType,

    /// <summary>All in one method.</summary>
    OneMethod,
}

/// <summary>Source to analyse: ordinary business code of any length, the same on every machine, with some findings in it and mostly none.</summary>
public static class Corpus
{
    private const int ClassesPerFile = 5;

    /// <summary>A compilation of at least <paramref name="lines"/> lines against the libraries of this process.</summary>
    public static CSharpCompilation Compile(int lines, CorpusShape shape = CorpusShape.ManyFiles)
    {
        var trees = new List<SyntaxTree>();

        for (var (file, written) = (0, 0); written < lines; file++)
        {
            var source = shape switch
            {
                CorpusShape.OneType => OneType(lines),
                CorpusShape.OneMethod => OneMethod(lines),
                _ => File(file),
            };

            trees.Add(CSharpSyntaxTree.ParseText(source, path: $"File{file}.cs"));
            written += source.AsSpan().Count('\n');
        }

        var libraries = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return CSharpCompilation.Create(
            "Corpus",
            trees,
            libraries.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string File(int file)
    {
        var source = new StringBuilder(Usings);

        for (var i = 0; i < ClassesPerFile; i++)
            source.Append(Template.Replace("#", (file * ClassesPerFile + i).ToString()));

        return source.ToString();
    }

    /// <summary>One type: a method per block, so that it has thousands of them.</summary>
    private static string OneType(int lines) => Large(lines, block => $"public void Work#(List<Order> orders, List<int> closed)\n{{\n{block}}}\n");

    /// <summary>One method: every block behind the other.</summary>
    private static string OneMethod(int lines) => Large(lines, block => block, "public void Work(List<Order> orders, List<int> closed)\n{\n", "}\n");

    private static string Large(int lines, Func<string, string> member, string before = "", string after = "")
    {
        var source = new StringBuilder(LargeStart).Append(before);
        var written = 0;

        for (var i = 0; written < lines; i++)
        {
            var block = member(Blocks[i % Blocks.Length]);
            source.Append(block.Replace("#", i.ToString()));
            written += block.AsSpan().Count('\n');
        }

        return source.Append(after).Append("}\n").ToString();
    }

    private const string LargeStart = """
        using System;
        using System.Collections.Generic;
        using System.Data.Common;
        using System.Linq;
        using System.Text.RegularExpressions;
        using Dapper;
        using Microsoft.EntityFrameworkCore;

        public sealed class Order(int id, string name)
        {
            public int Id => id;
            public string Name { get; set; } = name;
        }

        public sealed class Long(DbConnection connection, DbContext context)
        {
        private readonly List<string> names = [];
        private List<int> ids = [];

        private static long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);

        """;

    /// <summary>What rules look for, found or not, each in a block of its own; '#' becomes the number of the block.</summary>
    private static readonly string[] Blocks =
    [
        """
        {
            var text = "";
            foreach (var order in orders)
            {
                if (!closed.Contains(order.Id) && order.Id > #)
                    text += order.Name + ";";
            }

            Console.WriteLine(text);
        }

        """,
        """
        {
            var unique = new List<string>();
            var shown = "";
            for (var i = 0; i < orders.Count; i++)
            {
                if (!unique.Contains(orders[i].Name))
                    unique.Add(orders[i].Name);
                if (i > 0)
                    shown += ", ";
                shown += orders[i].Name;
            }

            names.AddRange(unique.Where(name => name != shown && Fib(#) > 3));
        }

        """,
        """
        {
            var sum = 0;
            foreach (var name in orders.Select(order => order.Name).Where(name => !names.Contains(name)))
            {
                if (new Regex("^#$").IsMatch(name) || ids.Contains(name.Length))
                    sum++;
            }

            ids = [.. ids, sum];
        }

        """,
        """
        {
            foreach (var order in orders)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM orders WHERE rest = #";
                command.ExecuteNonQuery();
                connection.Execute("UPDATE orders SET rest = # WHERE id = @Id", order);
            }
        }

        """,
        """
        {
            foreach (var order in orders)
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute("UPDATE orders SET rest = # WHERE id = @Id", order, transaction);
                transaction.Commit();
            }
        }

        """,
        """
        {
            foreach (var order in orders)
            {
                order.Name += "#";
                context.Update(order);
                context.SaveChanges();
            }
        }

        """,
    ];

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Data.Common;
        using System.Globalization;
        using System.IO;
        using System.Linq;
        using System.Text;
        using System.Text.Json;
        using System.Text.RegularExpressions;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Shop;

        """;

    // '#' becomes the number of the class.
    private const string Template = """

        public sealed record Customer#(int Id, string Name, string City, decimal Credit);

        public sealed record Order#(int Id, int CustomerId, DateTime Placed, IReadOnlyList<Line#> Lines)
        {
            public decimal Total => Lines.Sum(line => line.Price * line.Quantity);
        }

        public readonly record struct Line#(string Article, int Quantity, decimal Price);

        public sealed class OrderService#(DbConnection connection, TextWriter log)
        {
            private static readonly Regex article = new("^[A-Z]{2}-[0-9]+$");
            private readonly Dictionary<int, Customer#> customers = new();
            private readonly List<Order#> orders = [];
            private readonly object gate = new();
            private string history = "";
            private int served;

            public int Served => served;

            public void Add(Customer# customer)
            {
                ArgumentNullException.ThrowIfNull(customer);

                lock (gate)
                {
                    if (!customers.TryAdd(customer.Id, customer))
                        throw new InvalidOperationException($"Customer {customer.Id} exists.");
                }
            }

            public string Report(IEnumerable<Order#> selected)
            {
                var text = new StringBuilder();

                foreach (var order in selected)
                {
                    text.Append(order.Id).Append(": ");

                    for (var i = 0; i < order.Lines.Count; i++)
                    {
                        if (i > 0)
                            text.Append(", ");

                        text.Append(order.Lines[i].Article).Append(" x ").Append(order.Lines[i].Quantity);
                    }

                    text.AppendLine();
                }

                return text.ToString();
            }

            public string Names(List<Customer#> known)
            {
                var names = "";

                foreach (var customer in known)
                {
                    if (customer.Credit > #)
                        names += customer.Name + ";";
                }

                history = names;
                return names;
            }

            public List<Order#> Open(List<int> closed)
            {
                var open = new List<Order#>();

                foreach (var order in orders)
                {
                    if (!closed.Contains(order.Id))
                        open.Add(order);
                }

                return open;
            }

            public IReadOnlyDictionary<string, decimal> ByCity() =>
                orders.Where(order => customers.ContainsKey(order.CustomerId))
                    .GroupBy(order => customers[order.CustomerId].City)
                    .OrderByDescending(group => group.Sum(order => order.Total))
                    .ToDictionary(group => group.Key, group => group.Sum(order => order.Total));

            public async Task<int> ImportAsync(string path, CancellationToken cancellation)
            {
                var count = 0;

                await foreach (var line in File.ReadLinesAsync(path, cancellation))
                {
                    var fields = line.Split(';');

                    if (fields.Length < 4 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                    {
                        await log.WriteLineAsync($"{path}: '{line}' is no order.");
                        continue;
                    }

                    try
                    {
                        var price = decimal.Parse(fields[3], CultureInfo.InvariantCulture);
                        orders.Add(new Order#(id, id % 10, DateTime.UnixEpoch.AddDays(id), [new Line#(fields[1], 1, price)]));
                        count++;
                    }
                    catch (FormatException exception)
                    {
                        log.WriteLine(exception.Message);
                    }
                }

                Interlocked.Add(ref served, count);
                return count;
            }

            public int Save(IReadOnlyCollection<Order#> batch)
            {
                using var transaction = connection.BeginTransaction();
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "INSERT INTO orders (id, customer) VALUES (@id, @customer)";
                var id = command.CreateParameter();
                id.ParameterName = "@id";
                command.Parameters.Add(id);
                var customer = command.CreateParameter();
                customer.ParameterName = "@customer";
                command.Parameters.Add(customer);
                var rows = 0;

                foreach (var order in batch)
                {
                    id.Value = order.Id;
                    customer.Value = order.CustomerId;
                    rows += command.ExecuteNonQuery();
                }

                transaction.Commit();
                return rows;
            }

            public static long Steps(int n) => n < 2 ? n : Steps(n - 1) + Steps(n - 2);

            public bool IsArticle(string text) => article.IsMatch(text);

            public string ToJson(Order# order) => JsonSerializer.Serialize(order, new JsonSerializerOptions { WriteIndented = true });

            public double[] Smooth(double[] values, int window)
            {
                var smooth = new double[values.Length];

                for (var i = 0; i < values.Length; i++)
                {
                    var sum = 0.0;
                    var count = 0;

                    for (var j = Math.Max(0, i - window); j <= Math.Min(values.Length - 1, i + window); j++)
                    {
                        sum += values[j];
                        count++;
                    }

                    smooth[i] = sum / count;
                }

                return smooth;
            }

            public IEnumerable<(Customer# Customer, decimal Due)> Reminders(DateTime today)
            {
                foreach (var order in orders)
                {
                    var age = today - order.Placed;

                    switch (age.TotalDays)
                    {
                        case < 30:
                            break;
                        case < 60 when customers.TryGetValue(order.CustomerId, out var customer):
                            yield return (customer, order.Total);
                            break;
                        default:
                            if (customers.TryGetValue(order.CustomerId, out var late))
                                yield return (late, order.Total * 1.05m);
                            break;
                    }
                }
            }

            public int Drain(Queue<Order#> queue)
            {
                var done = 0;

                while (queue.TryDequeue(out var next))
                {
                    if (next.Lines is [])
                        continue;

                    orders.Add(next);
                    done++;
                }

                return done + history.Length;
            }
        }

        """;
}
