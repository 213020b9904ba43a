using System.Reflection;

// Every example in the assembly runs, so that a new one needs no line here.
foreach (var example in typeof(Program).Assembly.GetTypes().Where(type => type.Name.StartsWith("HOT", StringComparison.Ordinal) && !type.IsNested).OrderBy(type => type.Name, StringComparer.Ordinal))
{
    var run = example.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
    Console.WriteLine($"{example.Name}: {run.Invoke(null, null)}");
}
