namespace HotPath.Tests;

/// <summary>The committed measurements of a rule.</summary>
internal static class Measured
{
    /// <summary>What to do where they are missing.</summary>
    public const string HowToMeasure = "run 'dotnet run -c Release --project benchmarks -- report'";

    /// <summary>The result file of a rule, relative to the repository.</summary>
    public static string PathOf(string id) => $"benchmarks/results/{id}.json";

    /// <summary>The table for the rule's page; null where nothing was measured yet.</summary>
    public static string? Table(string id) => null;

    /// <summary>Why the committed result does not keep the rule's promise; null where it does.</summary>
    public static string? Broken(string id, Promise promise) => null;
}
