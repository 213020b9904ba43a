namespace HotPath;

/// <summary>Collects in a list or builder and copies once, after the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CollectionCopiedToGrowFix() : RuleFix(CollectionCopiedToGrowAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is { } operation && CollectionGrowth.Of(operation, site.Options, out _) is { } growth && Collecting.Of(growth, site) is { } collecting)
            yield return collecting.Fix();
    }

    /// <summary>A collection that a loop only adds to, and what it takes to build it in place.</summary>
    private sealed class Collecting
    {
        private readonly Site site;
        private readonly ISymbol variable;
        private readonly INamedTypeSymbol type;
        private readonly ITypeSymbol collection;
        private readonly ILoopOperation loop;
        private readonly List<CollectionGrowth> growths;
        private readonly IOperation start;

        private Collecting(Site site, ISymbol variable, INamedTypeSymbol type, ITypeSymbol collection, ILoopOperation loop, List<CollectionGrowth> growths, IOperation start)
        {
            this.site = site;
            this.variable = variable;
            this.type = type;
            this.collection = collection;
            this.loop = loop;
            this.growths = growths;
            this.start = start;
        }

        private StatementSyntax Statement => (StatementSyntax)loop.Syntax;

        private bool IsImmutable => collection.ContainingNamespace.Is("System.Collections.Immutable");

        private bool IsList => collection.Name == "List";

        public static Collecting? Of(CollectionGrowth growth, Site site)
        {
            if (growth.Place.Variable() is not { } variable || growth.Place.Type is not { } collection || !IsOwn(variable, growth.Place))
                return null;

            var builder = collection.ContainingNamespace.Is("System.Collections.Immutable") ? site.Types["System.Collections.Immutable." + collection.Name] : site.Types["System.Collections.Generic.List`1"];
            if (builder is null || collection is not IArrayTypeSymbol && collection.Name is not ("IEnumerable" or "List") && !builder.ContainingNamespace.Is("System.Collections.Immutable") || !ElementsOf(collection).All(IsNameable))
                return null;

            ILoopOperation? widest = null;
            List<CollectionGrowth> growths = [];
            foreach (var loop in Loops.Around(growth.Operation, site.Options))
            {
                if (loop.Operation is not ILoopOperation statement || StringAccumulation.IsDeclaredIn(variable, loop) || Growths(variable, statement, collection, site.Model) is not { } inLoop)
                    break;

                (widest, growths) = (statement, inLoop);
            }

            if (widest?.Syntax is not StatementSyntax around || !Surrounding.CanSurround(around) || growth.Operation.Function().Syntax.DescendantNodes().Any(static node => node is LabeledStatementSyntax))
                return null;

            if (!TextResult.IsUnobserved(variable, growth.Place, around) || TextStart.LastBefore(widest, variable) is not { } start || !IsKnown(start, collection, variable, around, growth.Place))
                return null;

            return new(site, variable, builder, collection, widest, growths, start.Unconverted());
        }

        public Fix Fix() => IsList
            ? new Fix($"Add to '{variable.Name}' in place", Rewrite)
            : new Fix(IsImmutable ? $"Build '{variable.Name}' with a builder" : $"Collect '{variable.Name}' in a List", Apply);

        private void Rewrite(DocumentEditor editor) => Rewrite(editor, variable.Name);

        private void Apply(DocumentEditor editor)
        {
            var builder = Names.FreshLocal(IsImmutable ? "builder" : "list", Statement);
            var declaration = TextResult.DeclarationOf(variable, Statement, start);

            // A sequence in disguise has other methods than the list it is.
            var isVar = declaration?.Declaration.Type.IsVar == true;
            var result = TextResult.Of(variable, growths[0].Place, Statement, declaration, site.Model,
                only => (collection.Name != "IEnumerable" || only.Parent is ReturnStatementSyntax) && only.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } });
            var text = IsImmutable ? $"{builder}.ToImmutable()" : collection is IArrayTypeSymbol ? $"{builder}.ToArray()" : isVar && !result.IsInlined ? $"{builder}.AsEnumerable()" : builder;

            Rewrite(editor, builder);
            result.Apply(editor, Statements.Declaration(builder, SyntaxFactory.ParseExpression(Creation(editor, result.Initial is not null))), SyntaxFactory.ParseExpression(text));
        }

        private string Creation(DocumentEditor editor, bool replacesStart)
        {
            var name = Imports.Name(editor, Statement, type);
            var elements = string.Join(", ", ElementsOf(collection).Select(element => element.ToMinimalDisplayString(site.Model, Statement.SpanStart)));
            if (IsEmpty(start))
                return IsImmutable ? $"{name}.CreateBuilder<{elements}>()" : $"new {name}<{elements}>()";

            var from = replacesStart ? start.Syntax.ToString() : variable.Name;
            return IsImmutable ? $"{from}.ToBuilder()" : $"new {name}<{elements}>({from})";
        }

        private void Rewrite(DocumentEditor editor, string builder)
        {
            foreach (var growth in growths)
            {
                if (growth.Filling is { } filling)
                {
                    var resize = growth.Operation.Parent!.Syntax;
                    editor.ReplaceNode(filling.Syntax, (current, _) => SyntaxFactory.ExpressionStatement(Added(builder, "Add", ((AssignmentExpressionSyntax)((ExpressionStatementSyntax)current).Expression).Right.WithoutTrivia()))
                        .WithTriviaFrom(current).WithLeadingTrivia(resize.GetLeadingTrivia().AddRange(Comments.With(resize.GetTrailingTrivia())).AddRange(Comments.With(current.GetLeadingTrivia()))).WithAdditionalAnnotations(Formatter.Annotation));
                    editor.RemoveNode(resize, SyntaxRemoveOptions.KeepNoTrivia);
                    continue;
                }

                var items = growth.Items.Select(item => (ExpressionSyntax)item.Syntax.WithoutTrivia()).ToArray();
                ExpressionSyntax added = growth.Kind == CollectionGrowthKind.SetItem
                    ? SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression,
                        SyntaxFactory.ElementAccessExpression(SyntaxFactory.IdentifierName(builder), SyntaxFactory.BracketedArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(items[0])))),
                        items[1]).NormalizeWhitespace()
                    : Added(builder, growth.Kind == CollectionGrowthKind.AddRange ? "AddRange" : "Add", items);

                editor.ReplaceNode(growth.Operation.Syntax, (current, _) => added.WithTriviaFrom(current));
            }
        }

        private static InvocationExpressionSyntax Added(string builder, string method, params ExpressionSyntax[] items) =>
            SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(builder), SyntaxFactory.IdentifierName(method)),
                SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(items.Select(SyntaxFactory.Argument), Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), items.Length - 1))));

        private static IEnumerable<ITypeSymbol> ElementsOf(ITypeSymbol collection) => collection is IArrayTypeSymbol { ElementType: var element } ? [element] : ((INamedTypeSymbol)collection).TypeArguments;

        /// <summary>A local, or a parameter by value, that no lambda or local function knows.</summary>
        private static bool IsOwn(ISymbol variable, IOperation place)
        {
            if (variable is not (ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } }))
                return false;

            var function = place.Function();
            return Aliasing.Uses(variable, place.Root()).All(use => ReferenceEquals(use.Reference.Function(), function));
        }

        /// <summary>Every use of the variable in the loop, if all of them add to the collection in a way that a builder can; else null.</summary>
        private static List<CollectionGrowth>? Growths(ISymbol variable, ILoopOperation loop, ITypeSymbol collection, SemanticModel model)
        {
            List<CollectionGrowth> growths = [];
            HashSet<SyntaxNode> own = [];
            foreach (var part in loop.Descendants())
            {
                if (part is not (ISimpleAssignmentOperation or IInvocationOperation) || CollectionGrowth.Of(part) is not { } growth || !SymbolEqualityComparer.Default.Equals(growth.Place.Variable(), variable))
                    continue;

                if (part.Parent is not IExpressionStatementOperation || !CanRewrite(growth, loop, collection, model))
                    return null;

                growths.Add(growth);
                own.UnionWith(growth.Own.Select(static reference => reference.Syntax));
            }

            return Aliasing.Uses(variable, loop).All(use => own.Contains(use.Reference.Syntax)) ? growths : null;
        }

        private static bool CanRewrite(CollectionGrowth growth, ILoopOperation loop, ITypeSymbol collection, SemanticModel model)
        {
            if (growth.Kind == CollectionGrowthKind.Elsewhere || growth.Items.Any(static item => item.Syntax is not ExpressionSyntax || item.IsImplicit && item is not IConversionOperation) || Comments.AreInside(growth.Operation.Syntax))
                return false;

            if (collection.ContainingNamespace.Is("System.Collections.Immutable"))
                return growth.Kind != CollectionGrowthKind.AddRange || IsSteadyRange(growth.Items[0], growth, loop);

            var element = ElementsOf(collection).Single();
            if (growth.Kind == CollectionGrowthKind.Add)
                return model.ClassifyConversion((ExpressionSyntax)growth.Items[0].Syntax, element) is { IsImplicit: true } && HasElement(growth, element);

            var sequence = model.Compilation.GetSpecialType(SpecialType.System_Collections_Generic_IEnumerable_T).Construct(element);
            return model.ClassifyConversion((ExpressionSyntax)growth.Items[0].Syntax, sequence) is { IsImplicit: true, IsUserDefined: false }
                && HasElement(growth, element)
                && (!growth.IsLazy || Origins.IsFresh(growth.Items[0]))
                && (growth.Operation is not ISimpleAssignmentOperation { Value: var value } || value.Unconverted() is not ICollectionExpressionOperation || Nullness.IsNotNull(growth.Items[0], model))
                && IsSteadyRange(growth.Items[0], growth, loop);
        }

        /// <summary>The query operators work on elements of exactly the type of the collection: a conversion in between would be another one.</summary>
        private static bool HasElement(CollectionGrowth growth, ITypeSymbol element) =>
            growth.Operation.Descendants().OfType<IInvocationOperation>().All(call => call.TargetMethod is not { Name: "Append" or "Concat" or "ToArray" or "ToList", ContainingType.Name: "Enumerable", TypeArguments: [var argument] } || !growth.Own.Any(own => call.Syntax.Span.Contains(own.Syntax.Span)) || SymbolEqualityComparer.Default.Equals(argument, element));

        /// <summary>Half of a range could be seen by code that goes on after an exception in the middle of it.</summary>
        private static bool IsSteadyRange(IOperation range, CollectionGrowth growth, ILoopOperation loop)
        {
            if (range.Unconverted() is { } source && (source.Type is IArrayTypeSymbol || Origins.IsFresh(source)))
                return true;

            for (var current = growth.Operation.Parent; current is not null && !ReferenceEquals(current, loop); current = current.Parent)
            {
                if (current is ITryOperation)
                    return false;
            }

            return true;
        }

        /// <summary>Whether the collection that the loop begins with is one that nobody else has, so that a copy of it is as good.</summary>
        private static bool IsKnown(IOperation start, ITypeSymbol collection, ISymbol variable, StatementSyntax loop, IOperation near)
        {
            var value = start.Unconverted();
            if (collection.ContainingNamespace.Is("System.Collections.Immutable"))
                return IsEmpty(value) || value is IInvocationOperation { TargetMethod: { ContainingType: var from, Name: "Create" or "CreateRange" or "ToImmutableArray" or "ToImmutableList" or "ToImmutableHashSet" or "ToImmutableDictionary" or "ToImmutableSortedSet" or "ToImmutableSortedDictionary" } } && from.IsFromSystem();

            if (!IsEmpty(value) && (collection.Name == "IEnumerable" || !Origins.IsFresh(value) || !SymbolEqualityComparer.Default.Equals(value.Type, collection) && value is not ICollectionExpressionOperation))
                return false;

            // Whoever got it before the loop would have kept the old one.
            return Aliasing.Uses(variable, near.Root()).All(use => use.Reference.Syntax.SpanStart > loop.SpanStart
                || use.Kind is UseKind.Read or UseKind.MemberRead or UseKind.Enumerated
                || use.Kind == UseKind.Assigned && use.Context is ISimpleAssignmentOperation { Value: var assigned } && assigned.Syntax == start.Syntax);
        }

        private static bool IsEmpty(IOperation start) => start switch
        {
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" or "Enumerable" } } => true,
            IInvocationOperation { TargetMethod: { Name: "Create", ContainingType: var type }, Arguments.Length: 0 } => type.ContainingNamespace.Is("System.Collections.Immutable"),
            IFieldReferenceOperation { Field: { Name: "Empty", ContainingType: var type } } => type.ContainingNamespace.Is("System.Collections.Immutable"),
            IArrayCreationOperation { Initializer: null, DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => true,
            IArrayCreationOperation { Initializer.ElementValues.Length: 0 } => true,
            ICollectionExpressionOperation { Elements.Length: 0 } => true,
            IObjectCreationOperation { Arguments.Length: 0, Initializer: null or { Initializers.Length: 0 } } creation => creation.Type.Is("System.Collections.Generic", "List"),
            _ => false,
        };

        private static bool IsNameable(ITypeSymbol type) => type switch
        {
            { IsAnonymousType: true } or IErrorTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol or IDynamicTypeSymbol or { IsRefLikeType: true } => false,
            INamedTypeSymbol { TypeArguments: var arguments } => arguments.All(IsNameable),
            IArrayTypeSymbol { ElementType: var element } => IsNameable(element),
            _ => true,
        };
    }
}
