using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

/// <summary>Where statements may stand.</summary>
[Flags]
public enum Placement
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In a method.</summary>
    Method = 1 << 0,

    /// <summary>In a static method of a struct.</summary>
    StaticMethod = 1 << 1,

    /// <summary>In an async method, after an await.</summary>
    AsyncMethod = 1 << 2,

    /// <summary>In an iterator, after a yield.</summary>
    Iterator = 1 << 3,

    /// <summary>In an async iterator.</summary>
    AsyncIterator = 1 << 4,

    /// <summary>In a lambda with a block.</summary>
    Lambda = 1 << 5,

    /// <summary>In an async lambda.</summary>
    AsyncLambda = 1 << 6,

    /// <summary>In a lambda that a LINQ operator runs per element.</summary>
    LinqLambda = 1 << 7,

    /// <summary>In a local function.</summary>
    LocalFunction = 1 << 8,

    /// <summary>In the get accessor of a property.</summary>
    Getter = 1 << 9,

    /// <summary>In the set accessor of a property.</summary>
    Setter = 1 << 10,

    /// <summary>In a constructor.</summary>
    Constructor = 1 << 11,

    /// <summary>In a try block with a finally.</summary>
    Try = 1 << 12,

    /// <summary>In a section of a switch.</summary>
    SwitchSection = 1 << 13,

    /// <summary>The expression of a lambda; for a single expression statement.</summary>
    ExpressionLambda = 1 << 14,

    /// <summary>The expression of a method; for a single expression statement.</summary>
    ExpressionMethod = 1 << 15,

    /// <summary>Top-level statements.</summary>
    TopLevel = 1 << 16,
}

/// <summary>Statements put into every placement: one class for each, and a program of their own for top-level statements.</summary>
internal static class Placements
{
    private static readonly (Placement Placement, string Source)[] Templates =
    [
        (Placement.Method, "class C\n{\n    MEMBERS\n\n    void M()\n    {\n        STATEMENTS\n    }\n}"),
        (Placement.StaticMethod, "struct C\n{\n    MEMBERS\n\n    static void M()\n    {\n        STATEMENTS\n    }\n}"),
        (Placement.AsyncMethod, "class C\n{\n    MEMBERS\n\n    async Task M()\n    {\n        await Task.Yield();\n        STATEMENTS\n    }\n}"),
        (Placement.Iterator, "class C\n{\n    MEMBERS\n\n    IEnumerable<int> M()\n    {\n        yield return 0;\n        STATEMENTS\n    }\n}"),
        (Placement.AsyncIterator, "class C\n{\n    MEMBERS\n\n    async IAsyncEnumerable<int> M()\n    {\n        await Task.Yield();\n        yield return 0;\n        STATEMENTS\n    }\n}"),
        (Placement.Lambda, "class C\n{\n    MEMBERS\n\n    Action M() => () =>\n    {\n        STATEMENTS\n    };\n}"),
        (Placement.AsyncLambda, "class C\n{\n    MEMBERS\n\n    Func<Task> M() => async () =>\n    {\n        await Task.Yield();\n        STATEMENTS\n    };\n}"),
        (Placement.LinqLambda, "class C\n{\n    MEMBERS\n\n    List<int> M(int[] everything) => everything.Select(each =>\n    {\n        STATEMENTS\n        return each;\n    }).ToList();\n}"),
        (Placement.LocalFunction, "class C\n{\n    MEMBERS\n\n    void M()\n    {\n        Inner();\n\n        void Inner()\n        {\n            STATEMENTS\n        }\n    }\n}"),
        (Placement.Getter, "class C\n{\n    MEMBERS\n\n    int P\n    {\n        get\n        {\n            STATEMENTS\n            return 0;\n        }\n    }\n}"),
        (Placement.Setter, "class C\n{\n    MEMBERS\n\n    int P\n    {\n        set\n        {\n            STATEMENTS\n        }\n    }\n}"),
        (Placement.Constructor, "class C\n{\n    MEMBERS\n\n    C()\n    {\n        STATEMENTS\n    }\n}"),
        (Placement.Try, "class C\n{\n    MEMBERS\n\n    void M()\n    {\n        try\n        {\n            STATEMENTS\n        }\n        finally\n        {\n            GC.KeepAlive(this);\n        }\n    }\n}"),
        (Placement.SwitchSection, "class C\n{\n    MEMBERS\n\n    void M(int which)\n    {\n        switch (which)\n        {\n            case 1:\n                STATEMENTS\n                break;\n        }\n    }\n}"),
        (Placement.ExpressionLambda, "class C\n{\n    MEMBERS\n\n    Action M() => () => EXPRESSION;\n}"),
        (Placement.ExpressionMethod, "class C\n{\n    MEMBERS\n\n    void M() => EXPRESSION;\n}"),
    ];

    /// <summary>The placements that the statements compile in; at least a method of some kind.</summary>
    public static async Task<Placement> AllowedAsync(string statements, string members, Placement except, Func<string, Task<RuleProject>> open)
    {
        var text = Unmarked(statements);
        var source = new StringBuilder();
        var spans = new List<(Placement Placement, TextSpan Span)>();

        foreach (var template in Templates.Where(template => (template.Placement & except) == 0))
        {
            if (In(template, text, members) is { } part)
            {
                spans.Add((template.Placement, new TextSpan(source.Length, part.Length)));
                source.Append(part);
            }
        }

        var project = await open(source.ToString());
        var errors = (await project.CompilerDiagnosticsAsync()).Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ToList();
        var allowed = spans.Where(part => !errors.Exists(error => part.Span.Contains(error.Location.SourceSpan.Start))).Aggregate(Placement.None, (all, part) => all | part.Placement);

        Assert.True((allowed & (Placement.Method | Placement.AsyncMethod | Placement.Iterator | Placement.AsyncIterator)) != 0, $"Compiles in no method:\n{string.Join("\n", errors)}\n{source}");

        if ((except & Placement.TopLevel) == 0)
        {
            var program = await open(TopLevel(text, members));
            if (!(await program.CompilerDiagnosticsAsync()).Any(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error))
                allowed |= Placement.TopLevel;
        }

        return allowed;
    }

    /// <summary>One file with a class for each of the placements.</summary>
    public static string InClasses(string statements, string members, Placement placements) => string.Concat(
        Templates.Where(template => (template.Placement & placements) != 0).Select(template => In(template, statements, members)));

    /// <summary>A program of top-level statements; the members are those of a static class.</summary>
    public static string TopLevel(string statements, string members) => members.Length == 0
        ? statements + "\n"
        : $"using static Members;\n\n{statements}\n\nstatic class Members\n{{\n{Shared(members)}\n}}\n";

    private static string? In((Placement Placement, string Source) place, string statements, string members)
    {
        var template = place.Source;
        if (template.Contains("EXPRESSION", StringComparison.Ordinal))
        {
            if (!IsExpression(Unmarked(statements)))
                return null;

            template = template.Replace("EXPRESSION", statements.Trim().TrimEnd(';'), StringComparison.Ordinal);
        }

        var source = new StringBuilder($"namespace In{place.Placement}\n{{\n");
        foreach (var line in template.Split('\n'))
        {
            var content = line.Trim() switch { "STATEMENTS" => statements, "MEMBERS" => members, _ => line.TrimStart() };
            var indent = line.Length - line.TrimStart().Length + 4;
            foreach (var part in content.Split('\n'))
                source.Append(part.Length == 0 ? "" : new string(' ', indent)).Append(part).Append('\n');
        }

        return source.Append("}\n\n").ToString();
    }

    private static bool IsExpression(string statements) =>
        SyntaxFactory.ParseStatement("{" + statements + "}") is BlockSyntax { Statements: [ExpressionStatementSyntax], ContainsDiagnostics: false };

    /// <summary>Members that top-level statements can use: static, and visible outside their class.</summary>
    private static string Shared(string members)
    {
        var type = SyntaxFactory.ParseCompilationUnit($"class C\n{{\n{members}\n}}", options: RuleProject.Parse(LanguageVersion.Preview)).Members.OfType<TypeDeclarationSyntax>().First();
        var text = new StringBuilder();

        foreach (var member in type.Members)
        {
            var modifiers = member.Modifiers.Select(modifier => modifier.Kind()).ToList();
            var added = modifiers.Exists(kind => kind is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword) ? "" : "internal ";
            if (member is not BaseTypeDeclarationSyntax and not DelegateDeclarationSyntax && !modifiers.Contains(SyntaxKind.StaticKeyword) && !modifiers.Contains(SyntaxKind.ConstKeyword))
                added += "static ";

            var own = member.ToString();
            text.Append(member.GetLeadingTrivia().ToFullString()).Append(added).Append(own.StartsWith("private ", StringComparison.Ordinal) ? own["private ".Length..] : own).Append(member.GetTrailingTrivia().ToFullString());
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Unmarked(string text)
    {
        TestFileMarkupParser.GetPositionsAndSpans(text, out var unmarked, out _, out _);
        return unmarked;
    }
}
