using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Bodies of source members, read from wherever they are: the one place that asks for the model of another tree.</summary>
internal sealed class Bodies
{
    private static readonly ConditionalWeakTable<Compilation, Bodies> Cache = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> models = new();
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IOperation>> bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, Dictionary<string, List<ISymbol>>> byWord = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IFieldSymbol, IReadOnlyList<IOperation>> naming = new(SymbolEqualityComparer.Default);
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
        foreach (var member in Members(type))
        {
            foreach (var body in Of(member))
                yield return body;
        }
    }

    /// <summary>
    /// The bodies of the field's type that name the field. Only members that hold its name as a word are bound, which costs far more than to read them;
    /// the words of a type are read once for all its fields.
    /// </summary>
    public IReadOnlyList<IOperation> Naming(IFieldSymbol field) => naming.GetOrAdd(field.OriginalDefinition, FindNaming);

    /// <summary>The one value that the field ever gets; <paramref name="find"/> is asked once.</summary>
    public IOperation? OnlyValue(IFieldSymbol field, Func<IFieldSymbol, IOperation?> find) => onlyValues.GetOrAdd(field, find);

    private IReadOnlyList<IOperation> FindNaming(IFieldSymbol field)
    {
        // The field behind a property is named by the property or a keyword.
        var members = field.IsImplicitlyDeclared ? Members(field.ContainingType)
            : byWord.GetOrAdd(field.ContainingType, ByWord).TryGetValue(field.Name, out var holding) ? holding
            : [];

        var found = new List<IOperation>();
        foreach (var member in members)
        {
            foreach (var body in Of(member))
            {
                // A body may name the fields of several constructions of the type.
                foreach (var named in References.Fields(body))
                {
                    if (!SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, field))
                        continue;

                    found.Add(body);
                    break;
                }
            }
        }

        return found;
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            yield return member;

            if (member is not INamedTypeSymbol nested)
                continue;

            foreach (var inner in Members(nested))
                yield return inner;
        }
    }

    private Dictionary<string, List<ISymbol>> ByWord(INamedTypeSymbol type)
    {
        var found = new Dictionary<string, List<ISymbol>>(StringComparer.Ordinal);
        foreach (var member in Members(type))
        {
            foreach (var reference in member.DeclaringSyntaxReferences)
            {
                if (Written(member, reference) is not { } body)
                    continue;

                foreach (var token in body.DescendantTokens())
                {
                    if (!token.IsKind(SyntaxKind.IdentifierToken))
                        continue;

                    if (!found.TryGetValue(token.ValueText, out var holding))
                        found.Add(token.ValueText, holding = []);

                    if (holding.Count == 0 || !ReferenceEquals(holding[holding.Count - 1], member))
                        holding.Add(member);
                }
            }
        }

        return found;
    }

    private ImmutableArray<IOperation> Read(ISymbol symbol)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (Written(symbol, reference) is { } body && compilation.ContainsSyntaxTree(body.SyntaxTree) && Model(body.SyntaxTree).GetOperation(body) is { } operation)
                found.Add(operation);
        }

        return found.ToImmutable();
    }

    /// <summary>What of a declaration runs.</summary>
    private static SyntaxNode? Written(ISymbol symbol, SyntaxReference declaration) => declaration.GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
        PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
        ArrowExpressionClauseSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax => declaration.GetSyntax(),
        CompilationUnitSyntax unit when symbol is IMethodSymbol => unit,
        _ => null,
    };

#pragma warning disable RS1030 // A callee's body may stand in another tree; the models are kept per compilation, so each is made once.
    private SemanticModel Model(SyntaxTree tree) => models.GetOrAdd(tree, tree => compilation.GetSemanticModel(tree));
#pragma warning restore RS1030
}
