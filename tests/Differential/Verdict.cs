namespace HotPath.Tests;

/// <summary>What became of one program.</summary>
internal enum VerdictKind
{
    /// <summary>It does not compile: the shape is wrong.</summary>
    Broken,

    /// <summary>Nothing is reported.</summary>
    Silent,

    /// <summary>It is reported, and no fix is offered that may be applied.</summary>
    Reported,

    /// <summary>The fix keeps what it does.</summary>
    Equal,

    /// <summary>The fix breaks it, or what it does.</summary>
    Different,
}

/// <summary>What became of one program, and why.</summary>
internal sealed record Verdict(VerdictKind Kind, string Why = "", string After = "");
