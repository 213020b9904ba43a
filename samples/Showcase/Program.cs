using System.Diagnostics;
using System.Globalization;
using Showcase;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The results go to the output, the times to the error stream: a fixed copy prints the same output.
var folder = Directory.CreateTempSubdirectory("showcase").FullName;
var total = Stopwatch.StartNew();
try
{
    SampleData.Write(folder);

    var orders = Timed("read the orders", () => OrderFile.Read(Path.Combine(folder, "orders.csv")));
    var customers = Timed("list the customers", () => Customers.Of(orders));
    var accepted = Timed("drop blocked customers", () => Customers.Accept(orders, SampleData.BlockedCustomers()));

    Console.WriteLine($"{orders.Count} orders, {customers.Count} customers, {accepted.Count} accepted");
    Console.WriteLine(Timed("write the report", () => Report.Text(accepted)).Split('\n')[^2]);
    Console.WriteLine(Timed("list the cities", () => Report.Cities(accepted)).Length);
    Console.WriteLine(Timed("compute the bonus", () => Bonus.Points(38)));

    var some = accepted.Take(300).ToList();
    using (var store = new OrderStore(Path.Combine(folder, "orders.db")))
    {
        Timed("insert the rows", () => store.Insert(some));
        Timed("mark the rows", () => store.MarkShipped(some));
        Console.WriteLine($"{store.Count("orders")} rows, {store.Count("orders WHERE shipped = 1")} shipped");
    }

    using var archive = new Archive(Path.Combine(folder, "archive.db"));
    Timed("archive the orders", () => archive.Keep(some));
    Console.WriteLine($"{archive.Orders.Count()} archived");
}
finally
{
    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    Directory.Delete(folder, recursive: true);
}

Console.Error.WriteLine($"{total.ElapsedMilliseconds,6} ms in all");

static T Timed<T>(string what, Func<T> run)
{
    var watch = Stopwatch.StartNew();
    var result = run();
    Console.Error.WriteLine($"{watch.ElapsedMilliseconds,6} ms to {what}");
    return result;
}
