using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Consumer;

/// <summary>Entities are asked for once for all; a text is left to its author.</summary>
internal static class HOT1605
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var context = new People(database);
        context.Database.EnsureCreated();
        context.Persons.AddRange(new Person { Id = 1, Name = "Ada" }, new Person { Id = 3, Name = "Grace" });
        context.SaveChanges();
        List<int> ids = Data.Words(12).Select(word => word.Length - 4).ToList();
        return Names(context, ids) + Count(database, ids);
    });

    private static string Names(People context, List<int> ids)
    {
        var names = new List<string>();
        foreach (var id in ids)
        {
            var person = context.Persons.FirstOrDefault(person => person.Id == id); // HOT1605
            names.Add(person?.Name ?? "nobody");
        }

        return string.Join(", ", names);
    }

    private static long Count(string database, List<int> ids)
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(Id) FROM Persons WHERE Id = $id";
        var parameter = command.Parameters.Add("$id", SqliteType.Integer);
        var count = 0L;
        foreach (var id in ids)
        {
            parameter.Value = id;
            count += (long)command.ExecuteScalar()!; // HOT1605 stays
        }

        return count;
    }

    internal sealed class People(string database) : DbContext
    {
        public DbSet<Person> Persons => Set<Person>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    internal sealed class Person
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";
    }
}
