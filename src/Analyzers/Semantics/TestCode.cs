using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Code that tests: it runs once per test, and a user may want it quieter than the product.</summary>
internal static class TestCode
{
    // Every finding in a type asks for the attributes of all its members.
    private static readonly ConditionalWeakTable<ISymbol, StrongBox<bool>> WithTests = new();

    /// <summary>The severity of a finding in <paramref name="symbol"/>, or null when it is not to be reported there.</summary>
    public static DiagnosticSeverity? Lower(DiagnosticSeverity severity, ISymbol symbol, AnalyzerOptions options, SyntaxTree tree, string id) =>
        Options.TestCode.Read(options, tree, id) switch
        {
            TestCodeMode.None when IsTest(symbol) => null,
            TestCodeMode.Info when severity > DiagnosticSeverity.Info && IsTest(symbol) => DiagnosticSeverity.Info,
            _ => severity,
        };

    /// <summary>Whether the symbol, or a member of a type around it, carries an attribute of a test framework.</summary>
    public static bool IsTest(ISymbol symbol)
    {
        for (var current = symbol; current is IMethodSymbol or INamedTypeSymbol or IPropertySymbol or IFieldSymbol; current = current.ContainingSymbol)
        {
            if (HasTestAttribute(current))
                return true;

            if (current is INamedTypeSymbol && WithTests.GetValue(current, static type => new(HoldsTests((INamedTypeSymbol)type))).Value)
                return true;
        }

        return false;
    }

    private static bool HoldsTests(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol && HasTestAttribute(member))
                return true;
        }

        return false;
    }

    private static bool HasTestAttribute(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestCaseSourceAttribute"
                    or "TestFixtureAttribute" or "TestMethodAttribute" or "TestClassAttribute" or "DataTestMethodAttribute")
                {
                    return true;
                }
            }
        }

        return false;
    }
}
