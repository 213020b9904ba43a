using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Every reference to every variable of one body, collected in one walk: many questions about a long method stay linear in its length.</summary>
internal sealed class References
{
    private static readonly ConditionalWeakTable<IOperation, References> Cache = new();
    private readonly Dictionary<ISymbol, List<IOperation>> byVariable = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IVariableDeclaratorOperation> declarators = new(SymbolEqualityComparer.Default);

    private References(IOperation root)
    {
        foreach (var part in root.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation { Local: var local }:
                    Add(local, part);
                    break;

                case IParameterReferenceOperation { Parameter: var parameter }:
                    Add(parameter, part);
                    break;

                case IFieldReferenceOperation { Field: var field }:
                    Add(field, part);
                    break;

                case IVariableDeclaratorOperation { Symbol: var symbol } declarator:
                    declarators[symbol] = declarator;
                    break;
            }
        }
    }

    /// <summary>The references in <paramref name="within"/> to a local, parameter or field, lambdas and local functions included.</summary>
    public static IEnumerable<IOperation> To(ISymbol variable, IOperation within)
    {
        var root = within.Root();
        if (!Cache.GetValue(root, static body => new References(body)).byVariable.TryGetValue(variable, out var references))
            yield break;

        var span = within.Syntax.Span;
        foreach (var reference in references)
        {
            if (ReferenceEquals(within, root) || (span.Contains(reference.Syntax.Span) && IsIn(reference, within)))
                yield return reference;
        }
    }

    /// <summary>The declaration of the local in the body around <paramref name="near"/>; null for a local that is no declarator: of a pattern, an <c>out var</c>, a <c>foreach</c>.</summary>
    public static IVariableDeclaratorOperation? Declarator(ISymbol local, IOperation near) =>
        Cache.GetValue(near.Root(), static body => new References(body)).declarators.TryGetValue(local, out var declarator) ? declarator : null;

    private static bool IsIn(IOperation reference, IOperation within)
    {
        for (var current = reference; current is not null; current = current.Parent)
        {
            if (ReferenceEquals(current, within))
                return true;
        }

        return false;
    }

    private void Add(ISymbol variable, IOperation reference)
    {
        if (!byVariable.TryGetValue(variable, out var references))
            byVariable.Add(variable, references = []);

        references.Add(reference);
    }
}
