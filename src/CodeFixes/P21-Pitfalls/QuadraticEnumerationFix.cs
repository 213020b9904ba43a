namespace HotPath;

/// <summary>Copies the sequence to a list once, before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QuadraticEnumerationFix() : RuleFix(QuadraticEnumerationAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || RepeatedWalk.Of(call, site.Options) is not { Loop.Operation: ILoopOperation { Syntax: StatementSyntax loop } region } walk || walk.Calls.IsEmpty)
            yield break;

        var sequence = walk.Sequence;
        List<ExpressionSyntax> others = [];
        if (region is IForEachLoopOperation { IsAsynchronous: false, Collection: var collection } && RepeatedWalk.IsSame(collection, sequence) && collection.Unconverted().Syntax is ExpressionSyntax walked)
            others.Add(walked);

        if (!walk.Calls.All(Materialising.CanRewrite) || sequence.Syntax is not ExpressionSyntax expression || sequence is not (IInvocationOperation or IPropertyReferenceOperation or IFieldReferenceOperation) && sequence.Variable() is null
            || !Materialising.CanDeclare(loop, sequence, walk.Calls.Select(static one => one.Syntax)) || !Imports.IsInScope(site.Model, loop, "System.Linq"))
        {
            yield break;
        }

        var name = Materialising.Name(sequence, "List", loop);
        void Apply(DocumentEditor editor) => Materialising.ToList(editor, loop, expression, name, walk.Calls, others);

        if (IsExact(walk, region, loop))
        {
            yield return new($"Copy '{sequence.Text()}' to a list once, before the loop", Apply);
        }
        else if (sequence.Variable() is not null || sequence is IInvocationOperation or IPropertyReferenceOperation)
        {
            yield return new($"Copy '{sequence.Text()}' to a list once, before the loop (its elements are produced once, at that moment)", Apply,
                changes: "the elements are produced once, before the loop");
        }
    }

    /// <summary>Whether nobody can tell one walk before the loop from those in it.</summary>
    private static bool IsExact(RepeatedWalk walk, ILoopOperation region, StatementSyntax loop)
    {
        var sequence = walk.Sequence;
        if (Queries.IsUnindexedCollection(sequence.Type))
            return sequence.Type is { TypeKind: TypeKind.Class } && !sequence.Type.ContainingNamespace.Is("System.Collections.Concurrent") && Invariance.IsProven(sequence, region) && (Nullness.IsNeverNullBefore(Owner(sequence), loop) || IsAskedFirst(walk, region));

        return Queries.IsReadOnly(sequence) && Queries.GivesSame(sequence) && Queries.IsSteady(sequence, region)
            && (walk.IsCounted && IsAskedFirst(walk, region) || Queries.CannotFail(sequence));
    }

    private static IOperation Owner(IOperation sequence) => sequence is IPropertyReferenceOperation { Property.Name: "Keys" or "Values", Instance: { } dictionary } ? dictionary : sequence;

    /// <summary>Whether the loop begins with the question, before anything that could be noticed.</summary>
    private static bool IsAskedFirst(RepeatedWalk walk, ILoopOperation region) => region switch
    {
        IWhileLoopOperation { ConditionIsTop: true } => walk.IsCounted,
        IForLoopOperation { Before: var before } => walk.IsCounted && before.All(static statement => statement.Descendants().All(static part => part is IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation or ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation)),
        IForEachLoopOperation { Collection: var collection } => RepeatedWalk.IsSame(collection, walk.Sequence),
        _ => false,
    };
}
