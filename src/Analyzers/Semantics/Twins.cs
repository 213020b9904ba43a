namespace HotPath;

/// <summary>Rules of the SDK that say the same as one of ours: where the user switched the twin on, ours is silent.</summary>
internal static class Twins
{
    /// <summary>
    /// Whether the severity of the rule <paramref name="id"/> is set explicitly, for the file, for all files or for the compilation, to suggestion or more.
    /// A default does not count: the SDK ships many of its rules switched off or as hidden.
    /// </summary>
    public static bool IsOn(Compilation compilation, SyntaxTree tree, string id, CancellationToken cancellationToken = default)
    {
        var options = compilation.Options;
        if (options.SyntaxTreeOptionsProvider is { } provider
            && (provider.TryGetDiagnosticValue(tree, id, cancellationToken, out var severity) || provider.TryGetGlobalDiagnosticValue(id, cancellationToken, out severity)))
        {
            return IsLoud(severity);
        }

        return options.SpecificDiagnosticOptions.TryGetValue(id, out severity) && IsLoud(severity);
    }

    private static bool IsLoud(ReportDiagnostic severity) => severity is ReportDiagnostic.Info or ReportDiagnostic.Warn or ReportDiagnostic.Error;
}
