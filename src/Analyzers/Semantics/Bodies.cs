using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Bodies of source members, read from wherever they are: the one place that asks for the model of another tree.</summary>
internal sealed class Bodies
{
    private static readonly ConditionalWeakTable<Compilation, Bodies> Cache = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> models = new();
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IOperation>> bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, Dictionary<ISymbol, List<IOperation>>> byField = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IFieldSymbol, IOperation?> onlyValues = new(SymbolEqualityComparer.Default);
    private readonly Compilation compilation;

    private Bodies(Compilation compilation) => this.compilation = compilation;

    /// <summary>The bodies of the compilation; what was read is kept as long as the compilation lives.</summary>
    public static Bodies Of(Compilation compilation) => Cache.GetValue(compilation, static c => new Bodies(c));

    /// <summary>
    /// What a source member runs: the body of a method, local function or accessor, the initialiser of a field, local or property.
    /// Empty for members without source, abstract and extern members.
    /// </summary>
    public ImmutableArray<IOperation> Of(ISymbol symbol) => bodies.GetOrAdd(symbol.OriginalDefinition, Read);

    /// <summary>The operation of the innermost expression or statement of exactly that span, in any tree; it is part of what <see cref="Of(ISymbol)"/> gives for the member around it.</summary>
    public IOperation? At(SyntaxTree tree, Microsoft.CodeAnalysis.Text.TextSpan span) => compilation.ContainsSyntaxTree(tree) ? Model(tree).GetOperation(tree.GetRoot().FindNode(span, getInnermostNodeForTie: true)) : null;

    /// <summary>Every body and initialiser of a type, over all its parts.</summary>
    public IEnumerable<IOperation> OfType(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            foreach (var body in Of(member))
                yield return body;

            if (member is INamedTypeSymbol nested)
            {
                foreach (var body in OfType(nested))
                    yield return body;
            }
        }
    }

    /// <summary>The bodies of the field's type that name the field; a type with many members is looked through once for all its fields.</summary>
    public IReadOnlyList<IOperation> Naming(IFieldSymbol field)
    {
        var type = field.ContainingType.OriginalDefinition;
        return byField.GetOrAdd(type, ByField).TryGetValue(field.OriginalDefinition, out var naming) ? naming : [];
    }

    /// <summary>The one value that the field ever gets; <paramref name="find"/> is asked once.</summary>
    public IOperation? OnlyValue(IFieldSymbol field, Func<IFieldSymbol, IOperation?> find) => onlyValues.GetOrAdd(field, find);

    private Dictionary<ISymbol, List<IOperation>> ByField(INamedTypeSymbol type)
    {
        var found = new Dictionary<ISymbol, List<IOperation>>(SymbolEqualityComparer.Default);
        foreach (var body in OfType(type))
        {
            foreach (var named in References.Fields(body))
            {
                // A body may name the fields of several constructions of the type.
                var field = named.OriginalDefinition;
                if (!found.TryGetValue(field, out var naming))
                    found.Add(field, naming = []);

                if (naming.Count == 0 || !ReferenceEquals(naming[naming.Count - 1], body))
                    naming.Add(body);
            }
        }

        return found;
    }

    private ImmutableArray<IOperation> Read(ISymbol symbol)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax();
            var body = syntax switch
            {
                VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
                VariableDeclaratorSyntax => null,
                PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
                PropertyDeclarationSyntax or IndexerDeclarationSyntax or EventDeclarationSyntax => null,
                ArrowExpressionClauseSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax => syntax,
                CompilationUnitSyntax when symbol is IMethodSymbol => syntax,
                _ => null,
            };

            if (body is not null && compilation.ContainsSyntaxTree(body.SyntaxTree) && Model(body.SyntaxTree).GetOperation(body) is { } operation)
                found.Add(operation);
        }

        return found.ToImmutable();
    }

#pragma warning disable RS1030 // A callee's body may stand in another tree; the models are kept per compilation, so each is made once.
    private SemanticModel Model(SyntaxTree tree) => models.GetOrAdd(tree, tree => compilation.GetSemanticModel(tree));
#pragma warning restore RS1030
}
