using Microsoft.CodeAnalysis;

namespace HotPath.Tests.Host;

/// <summary>What the host saw and did.</summary>
internal sealed record Report(bool Saved, string[] Assemblies, Finding[] Found, Finding[] Left, string[] Errors);

/// <summary>A finding and the titles of its light bulb.</summary>
internal sealed record Finding(string Id, string File, int Line, string[] Actions)
{
    public Finding(Diagnostic diagnostic, string[] actions)
        : this(diagnostic.Id, Path.GetFileName(diagnostic.Location.GetLineSpan().Path), diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1, actions)
    {
    }
}
