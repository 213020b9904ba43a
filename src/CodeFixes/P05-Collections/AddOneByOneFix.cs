namespace HotPath;

/// <summary>Makes the list from the collection, or adds all of it at once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddOneByOneFix() : RuleFix(AddOneByOneAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (FilledAtOnce.Loop(site) is not { Syntax: StatementSyntax loop } operation || ElementwiseCopy.Of(operation, site.Options) is not { Fill: var fill } copy || fill.IsCapacityUsed || Comments.AreInside(loop))
            yield break;

        // A collection of one's own may say anything when it is asked for all it has.
        if (!FilledAtOnce.IsNeverNull(copy.Source, fill) || !OwnCollections.AreExcluded(copy.Source.Type!, site.Model.Compilation) || !AreDistinct(copy))
            yield break;

        var source = ((loop as ForEachStatementSyntax)?.Expression ?? (ExpressionSyntax)copy.Source.Syntax).WithoutTrivia();
        if (Made(copy, source) is var (made, canInline) && FilledAtOnce.Result(fill, canInline, site) is { } result)
        {
            yield return new($"Make '{fill.Target.Text()}' from '{copy.Source.Text()}'", editor => result.Replace(editor, made, isAdded: false, comments: []));
        }
        else if (IsReady(copy))
        {
            yield return new($"Add all of '{copy.Source.Text()}' at once", editor => editor.ReplaceNode(loop, (current, _) =>
                Statements.Parse($"{fill.Target.Syntax.WithoutTrivia()}.AddRange({source});").WithTriviaFrom(current)));
        }
    }

    /// <summary>The creation of the list out of the collection, and whether it means the same elsewhere; null where the list is not empty before, or is made to hold more.</summary>
    private static (ExpressionSyntax Made, bool CanInline)? Made(ElementwiseCopy copy, ExpressionSyntax source) => copy.Fill.Fresh switch
    {
        { Creation: ICollectionExpressionOperation } => (SyntaxFactory.ParseExpression($"[.. {source}]"), false),
        { Creation: IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax creation, Arguments: var arguments } } when arguments.All(argument => IsCount(argument.Value, copy)) =>
            ((creation is ObjectCreationExpressionSyntax { Type: var type } plain ? plain.WithType(type.WithoutTrailingTrivia()) : creation)
                .WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(source)))).WithInitializer(null).WithoutTrivia(), creation is ObjectCreationExpressionSyntax),
        _ => null,
    };

    private static bool IsCount(IOperation value, ElementwiseCopy copy) =>
        value.Unconverted() is IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } counted } && Places.AreSame(counted, copy.Source);

    /// <summary>Whether the list can be asked for once, before it is known that there is anything to add.</summary>
    private static bool IsReady(ElementwiseCopy copy)
    {
        var fill = copy.Fill;
        if (!Fill.IsPlain(fill.Target))
            return false;

        // What computes the collection must not give the list's place another one.
        if (!Fill.IsPlain(copy.Source) && (fill.Target is not (ILocalReferenceOperation or IParameterReferenceOperation) || Invariance.IsWrittenByOthers(fill.Target.Variable()!, fill.Target) || Aliasing.ChangeIn(fill.Target.Variable()!, copy.Source) != Change.None))
            return false;

        for (IOperation? part = fill.Target; part is not (null or IInstanceReferenceOperation); part = ((part as IMemberReferenceOperation)?.Instance)?.Unconverted())
        {
            if (!FilledAtOnce.IsNeverNull(part, fill))
                return false;
        }

        return true;
    }

    /// <summary>Whether the list cannot be what is copied, which would end with an exception and not with twice the elements.</summary>
    private static bool AreDistinct(ElementwiseCopy copy) =>
        copy.Source.Type is IArrayTypeSymbol or INamedTypeSymbol { TypeKind: not TypeKind.Interface, Name: not ("List" or "Collection" or "ReadOnlyCollection" or "ObservableCollection") }
        || Origins.IsFresh(copy.Source) || copy.Fill.Fresh is not null || IsAlone(copy.Fill.Target, copy) || IsAlone(copy.Source, copy);

    /// <summary>Whether the variable holds an object that had no other name when the loop began.</summary>
    private static bool IsAlone(IOperation value, ElementwiseCopy copy)
    {
        if (value.Variable() is not { } variable || Origins.Only(variable, value) is not { } origin || !Origins.IsFresh(origin) || !origin.Unconverted().Type.Is("System.Collections.Generic", "List"))
            return false;

        if (variable is not ILocalSymbol local)
            return variable is IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private } && Aliasing.OwnScopes(variable, value).All(scope => Aliasing.Uses(variable, scope).All(KeepsIt));

        // A loop around comes by again with what was shared behind.
        var end = copy.Fill.Loop.Operation.Syntax.SpanStart;
        for (var around = copy.Fill.Loop.Operation.Parent; around is not null; around = around.Parent)
        {
            if (around is ILoopOperation && !around.Declares(local))
                end = around.Syntax.Span.End;
        }

        // So may a lambda, whenever it is run.
        return Aliasing.Uses(local, value.Root()).All(use => ReferenceEquals(use.Reference.Function(), copy.Fill.Loop.Operation.Function()) && (use.Reference.Syntax.SpanStart > end || ReferenceEquals(use.Reference, value))
            || KeepsIt(use));
    }

    /// <summary>Whether the object has no more names afterwards than before.</summary>
    private static bool KeepsIt(Use use) =>
        use.Kind is not (UseKind.Shared or UseKind.Passed or UseKind.PassedByReference) && use.Context is not IInvocationOperation { TargetMethod.Name: "AsReadOnly" or "AsEnumerable" };
}
