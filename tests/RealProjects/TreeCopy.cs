namespace HotPath.RealProjects;

/// <summary>A copy of a folder that is gone when it is disposed of, however far it got.</summary>
internal sealed class TreeCopy : IDisposable
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", ".vs", "node_modules", "TestResults"];
    private readonly string original;

    private TreeCopy(string original, string folder)
    {
        this.original = original;
        Folder = folder;
    }

    /// <summary>Where the copy lies.</summary>
    public string Folder { get; }

    /// <summary>Whether the copy stays.</summary>
    public bool Keep { get; set; }

    /// <summary>Copies all but what builds write. Cancelled or failing half-way, it leaves nothing.</summary>
    public static TreeCopy Of(string folder, CancellationToken cancellationToken)
    {
        var copy = new TreeCopy(folder, Path.Combine(Directory.CreateTempSubdirectory("HotPath-").FullName, Path.GetFileName(folder)));
        try
        {
            CopyFolder(folder, copy.Folder, cancellationToken);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>The folder to copy for a project to build: up to the repository's root, or to the topmost folder with a solution.</summary>
    public static string RootOf(string path)
    {
        if (Directory.Exists(path))
            return path;

        var own = Path.GetDirectoryName(path)!;
        var root = own;
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
                return folder;

            if (Directory.EnumerateFiles(folder).Any(file => Path.GetExtension(file) is ".sln" or ".slnx"))
                root = folder;
        }

        return root;
    }

    /// <summary>Where a path of the original lies in the copy.</summary>
    public string Map(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(Folder, Path.GetRelativePath(original, path))));

    /// <inheritdoc/>
    public void Dispose()
    {
        var temporary = Path.GetDirectoryName(Folder)!;
        if (!Keep && Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }

    private static void CopyFolder(string from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = Path.Combine(to, Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetAttributes(copy, File.GetAttributes(copy) & ~FileAttributes.ReadOnly);
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (!Skipped.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase) && new DirectoryInfo(folder).LinkTarget is null)
                CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)), cancellationToken);
        }
    }
}
