namespace HotPath.Benchmarks;

/// <summary>Where the committed files are that benchmarks read and write.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The chart of all rules.</summary>
    public static string Chart => Path.Combine(Root, "docs", "speedups.svg");

    /// <summary>The chart of how times grow.</summary>
    public static string GrowthChart => Path.Combine(Root, "docs", "growth.svg");

    /// <summary>The figures about the package as a whole.</summary>
    public static string Evidence => Path.Combine(Root, "docs", "evidence.md");

    /// <summary>The committed results, one file per rule.</summary>
    public static string Results => Path.Combine(Root, "benchmarks", "results");

    /// <summary>The page of the rule <paramref name="id"/>.</summary>
    public static string Page(string id) => Path.Combine(Root, "docs", "rules", id + ".md");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Analyzers.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Analyzers.sln.");
    }
}
