namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The compiler's own diagnostics that a test has to expect.</summary>
public enum CompilerDiagnostics
{
    /// <summary>None: broken code is under test.</summary>
    None,

    /// <summary>Errors.</summary>
    Errors,

    /// <summary>Warnings and errors.</summary>
    Warnings,

    /// <summary>Suggestions and all above.</summary>
    Suggestions,

    /// <summary>Everything, hidden ones too.</summary>
    All,
}

/// <summary>Checks of an analyzer that a test leaves out.</summary>
[Flags]
public enum TestBehaviors
{
    /// <summary>All checks are made.</summary>
    None = 0,

    /// <summary>Findings in generated code are allowed.</summary>
    SkipGeneratedCodeCheck = 1,

    /// <summary>Findings that <c>#pragma warning disable</c> does not silence are allowed.</summary>
    SkipSuppressionCheck = 2,
}

/// <summary>Checks of a fix that a test leaves out.</summary>
[Flags]
public enum CodeFixTestBehaviors
{
    /// <summary>All checks are made.</summary>
    None = 0,

    /// <summary>Fix-all is not tried on one document.</summary>
    SkipFixAllInDocumentCheck = 1,

    /// <summary>Fix-all is not tried on one project.</summary>
    SkipFixAllInProjectCheck = 2,

    /// <summary>Fix-all is not tried on the solution.</summary>
    SkipFixAllInSolutionCheck = 4,

    /// <summary>Fix-all is not tried.</summary>
    SkipFixAllCheck = SkipFixAllInDocumentCheck | SkipFixAllInProjectCheck | SkipFixAllInSolutionCheck,

    /// <summary>Only the first finding is fixed.</summary>
    FixOne = 8,
}

/// <summary>How the tree that a fix leaves is compared with the tree of its text.</summary>
public enum CodeActionValidationMode
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Nodes and tokens.</summary>
    SemanticStructure,

    /// <summary>Nodes, tokens and the place of each piece of trivia.</summary>
    Full,
}
