using Microsoft.Data.Sqlite;

namespace Showcase;

/// <summary>The orders in a SQLite file.</summary>
public sealed class OrderStore : IDisposable
{
    private readonly SqliteConnection connection;

    public OrderStore(string path)
    {
        connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE orders (number INTEGER PRIMARY KEY, customer TEXT NOT NULL, shipped INTEGER NOT NULL)";
        create.ExecuteNonQuery();
    }

    public int Insert(List<Order> orders)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO orders (number, customer, shipped) VALUES ($number, $customer, 0)";
        var number = insert.Parameters.Add("$number", SqliteType.Integer);
        var customer = insert.Parameters.Add("$customer", SqliteType.Text);

        foreach (var order in orders)
        {
            number.Value = order.Number;
            customer.Value = order.Customer;

            // HOT1602: every row is a transaction of its own, and waits for the disk.
            insert.ExecuteNonQuery();
        }

        return orders.Count;
    }

    public int MarkShipped(List<Order> orders)
    {
        foreach (var order in orders)
        {
            using var transaction = connection.BeginTransaction();
            using var update = connection.CreateCommand();
            update.Transaction = transaction;
            update.CommandText = "UPDATE orders SET shipped = 1 WHERE number = $number";
            update.Parameters.AddWithValue("$number", order.Number);
            update.ExecuteNonQuery();

            // HOT1601: one commit per row.
            transaction.Commit();
        }

        return orders.Count;
    }

    public long Count(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => connection.Dispose();
}
