using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Every reference to every variable of one body, collected in one walk: many questions about a long method stay linear in its length.</summary>
internal sealed class References
{
    private static readonly ConditionalWeakTable<IOperation, References> Cache = new();
    private readonly Dictionary<ISymbol, List<IOperation>> byVariable = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IVariableDeclaratorOperation> declarators = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> functions = [];
    private readonly ConcurrentDictionary<ISymbol, IOperation?> onlyValues = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<(IOperation Function, Change Change)>> changers = new(SymbolEqualityComparer.Default);

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

                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    functions.Add(part);
                    break;
            }
        }

        // The parts of some operations come in another order than they are written in; a range of the source is looked up by position.
        foreach (var references in byVariable.Values)
        {
            for (var i = 1; i < references.Count; i++)
            {
                if (references[i - 1].Syntax.SpanStart <= references[i].Syntax.SpanStart)
                    continue;

                var sorted = references.OrderBy(static reference => reference.Syntax.SpanStart).ToList();
                references.Clear();
                references.AddRange(sorted);
                break;
            }
        }
    }

    /// <summary>What is known about the body around <paramref name="near"/>.</summary>
    private static References Of(IOperation near) => Cache.GetValue(near.Root(), static body => new References(body));

    /// <summary>The references in <paramref name="within"/> to a local, parameter or field, lambdas and local functions included.</summary>
    public static IEnumerable<IOperation> To(ISymbol variable, IOperation within)
    {
        if (!Of(within).byVariable.TryGetValue(variable, out var references))
            yield break;

        if (within.Parent is null)
        {
            foreach (var reference in references)
                yield return reference;

            yield break;
        }

        var span = within.Syntax.Span;
        for (var i = FirstFrom(references, span.Start); i < references.Count && references[i].Syntax.SpanStart <= span.End; i++)
        {
            if (span.Contains(references[i].Syntax.Span) && IsIn(references[i], within))
                yield return references[i];
        }
    }

    /// <summary>The fields that the body names.</summary>
    public static IEnumerable<ISymbol> Fields(IOperation root)
    {
        foreach (var variable in Of(root).byVariable.Keys)
        {
            if (variable.Kind == SymbolKind.Field)
                yield return variable;
        }
    }

    /// <summary>The lambdas and local functions in the body around <paramref name="near"/>.</summary>
    public static IReadOnlyList<IOperation> Functions(IOperation near) => Of(near).functions;

    /// <summary>The lambdas and local functions in the body around <paramref name="near"/> that do, or may do, something to the variable or its object.</summary>
    public static ImmutableArray<(IOperation Function, Change Change)> Changers(ISymbol variable, IOperation near)
    {
        var body = Of(near);
        return body.functions.Count == 0 ? [] : body.changers.GetOrAdd(variable, variable => body.FindChangers(variable));
    }

    /// <summary>The one value that the local gets in the body around <paramref name="near"/>; <paramref name="find"/> is asked once.</summary>
    public static IOperation? OnlyValue(ISymbol local, IOperation near, Func<ISymbol, IOperation?> find) => Of(near).onlyValues.GetOrAdd(local, find);

    /// <summary>The declaration of the local in the body around <paramref name="near"/>; null for a local that is no declarator: of a pattern, an <c>out var</c>, a <c>foreach</c>.</summary>
    public static IVariableDeclaratorOperation? Declarator(ISymbol local, IOperation near) =>
        Of(near).declarators.TryGetValue(local, out var declarator) ? declarator : null;

    private ImmutableArray<(IOperation, Change)> FindChangers(ISymbol variable)
    {
        if (!byVariable.TryGetValue(variable, out var references))
            return [];

        var found = ImmutableArray.CreateBuilder<(IOperation, Change)>();
        var seen = new HashSet<IOperation>();
        foreach (var reference in references)
        {
            for (var current = reference.Parent; current is not null; current = current.Parent)
            {
                if (current is IAnonymousFunctionOperation or ILocalFunctionOperation && seen.Add(current) && Aliasing.ChangeIn(variable, current) is var change and not Change.None)
                    found.Add((current, change));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The place of the first reference that starts there or later.</summary>
    private static int FirstFrom(List<IOperation> references, int position)
    {
        var (low, high) = (0, references.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (references[middle].Syntax.SpanStart < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

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
