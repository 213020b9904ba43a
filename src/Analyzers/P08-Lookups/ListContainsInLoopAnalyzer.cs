namespace HotPath;

/// <summary>A list answers "is it in there?" by comparing one element after the other: asked once per iteration, the loop costs iterations times elements.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ListContainsInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0801";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A list is searched on every iteration",
        message: "'{0}' scans '{1}' in every iteration of {2}: O({3} × {1}); build a HashSet of '{1}' once, before it",
        description: "A list or array answers a membership question by comparing one element after the other. A hash set built once before the loop answers each in constant time; for strings it pays from about 16 elements, for numbers, which are searched several at a time, from about 300.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(48, n: 1_000, "strings");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        start.RegisterOperationAction(ReportCall, OperationKind.Invocation);
        start.RegisterOperationAction(ReportGroup, OperationKind.MethodReference);
    }

    private void ReportCall(OperationAnalysisContext context)
    {
        if (Find((IInvocationOperation)context.Operation, context.Options) is not var (scan, loop))
            return;

        Report(context, scan.Call.Syntax.GetLocation(), scan.IsVectorized ? DiagnosticSeverity.Info : Loops.Weight(scan.Call, scan.Collection, context.Options),
            scan.Call.Text(), scan.Collection.Text(), loop.Description, loop.Size);
    }

    /// <summary>The collection's own method in the place of a lambda: it runs once per element all the same.</summary>
    private void ReportGroup(OperationAnalysisContext context)
    {
        var group = (IMethodReferenceOperation)context.Operation;
        if (group.Method.Name != "Contains" || Membership.Of(group) is not var (collection, element) || Loops.PerElement(group) is not { } call || (call.Receiver() ?? call.ArgumentOf(0)?.Unconverted()) is not { } source)
            return;

        if (!Equality.IsHashable(element) || Loops.IsCold(group) || group.IsInExpressionTree() || !group.Binds() || Sizes.Most(collection) <= Membership.Few(element, group, context.Options, Id)
            || Sizes.Most(source) <= Options.SmallLoop.Read(context.Options, group.Syntax.SyntaxTree, Id) || collection.Variable() is { } variable && SymbolEqualityComparer.Default.Equals(variable, source.Variable()))
        {
            return;
        }

        // The delegate may be handed on, so nothing is known of what is added later; a list that begins with a few elements written there hardly grows.
        if (collection.Variable() is { } held && Origins.Only(held, collection) is { } origin && Sizes.Most(origin) is > 0 and var first && first <= Membership.Few(element, group, context.Options, Id))
            return;

        var size = source.Text() is { Length: <= 24 } text ? text : "n";
        Report(context, group.Syntax.GetLocation(), Membership.Vectorizes(element) ? DiagnosticSeverity.Info : Loops.Weight(group, collection, context.Options), group.Text(), collection.Text(), $"'{call.TargetMethod.Name}' over '{source.Text()}'", size);
    }

    /// <summary>The scan that the call is and the innermost loop that repeats it, or null when there is nothing to report.</summary>
    internal static (Membership Scan, Loop Loop)? Find(IInvocationOperation call, AnalyzerOptions options)
    {
        if (!Membership.MayBe(call.TargetMethod.Name) || !Loops.MayRepeat(call) || Membership.Of(call) is not { } scan || Enclosing(scan, options) is not { } loop)
            return null;

        if (Sizes.Most(scan.Collection) <= scan.Few(options, Id) || !scan.IsHashable || !call.Binds())
            return null;

        return Invariance.Holds(scan.Collection, loop) && !IsFedByLoop(scan, loop) && !IsOwnElement(scan, loop) ? (scan, loop) : null;
    }

    /// <summary>The innermost loop that repeats the question, other than one that ends as soon as the answer is "no": a search for a free name.</summary>
    private static Loop? Enclosing(Membership scan, AnalyzerOptions options)
    {
        foreach (var loop in Loops.Around(scan.Call, options))
        {
            if (scan.AsksForAbsence || !loop.GoesOnWhile(scan.Test))
                return loop;
        }

        return null;
    }

    /// <summary>Whether the query's elements go straight into the list that is searched: a de-duplication, which the list has to see.</summary>
    private static bool IsFedByLoop(Membership scan, Loop loop)
    {
        if (loop.Lambda is null)
            return IsFedThroughOwner(scan, loop.Operation);

        var end = Pipeline.End(loop.Operation);
        if (scan.Collection.Variable() is not { } variable)
            return IsFedThroughOwner(scan, end.Consumer ?? end.Operation);

        if (Aliasing.ChangeIn(variable, end.Consumer ?? end.Operation) == Change.Certain)
            return true;

        // A query in a local runs where the local is walked through.
        if (!end.IsDeferred || end.Consumer is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var query } })
            return false;

        foreach (var use in Aliasing.Uses(query, loop.Operation.Root()))
        {
            if (use.Context is { } context and not IVariableInitializerOperation && Aliasing.ChangeIn(variable, context) == Change.Certain)
                return true;
        }

        return false;
    }

    /// <summary>Whether the object that has the collection is told to add something, as in <c>book.AddGenre(genre)</c>: what that does is not seen, what it is called says it.</summary>
    private static bool IsFedThroughOwner(Membership scan, IOperation region)
    {
        if (scan.Collection is not IPropertyReferenceOperation { Instance: { } instance } || instance.Unconverted().Variable() is not { } owner)
            return false;

        foreach (var part in region.Descendants())
        {
            if (part is IInvocationOperation { TargetMethod.Name: var name } call && (name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Append", StringComparison.Ordinal) || name.StartsWith("Register", StringComparison.Ordinal))
                && call.Receiver()?.Variable() is { } told && SymbolEqualityComparer.Default.Equals(told, owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the loop looks for its own current element in what it walks through: it asks for a position it could count.</summary>
    private static bool IsOwnElement(Membership scan, Loop loop)
    {
        if (loop.Source?.Variable() is not { } source || !SymbolEqualityComparer.Default.Equals(source, scan.Collection.Variable()))
            return false;

        return scan.Value.Unconverted() switch
        {
            ILocalReferenceOperation { Local: var local } => loop.Operation is IForEachLoopOperation { Locals: var locals } && locals.Contains(local, SymbolEqualityComparer.Default),
            IParameterReferenceOperation { Parameter: var parameter } => loop.Lambda is { Symbol.Parameters: [var element, ..] } && SymbolEqualityComparer.Default.Equals(element, parameter),
            _ => false,
        };
    }
}
