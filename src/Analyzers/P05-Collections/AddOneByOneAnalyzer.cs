namespace HotPath;

/// <summary>A list that gets the elements of a collection one by one asks for room with each of them and is copied whenever it is full.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AddOneByOneAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0502";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Collection is copied element by element",
        message: "'{0}' copies '{1}' one element at a time; {2} copies all of it at once",
        description: "List<T>.AddRange, and the constructor that takes a collection, make room once and copy a block of memory. A loop asks for room with every element, and the list is copied again and again as it grows.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(5, n: 1_000, "a list of numbers");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (ElementwiseCopy.Of(context.Operation, context.Options) is not { } copy)
            return;

        var target = copy.Fill.Target.Text();
        Report(context, Loops.Header(context.Operation.Syntax), DiagnosticSeverity.Info,
            copy.Fill.Add.Text(), copy.Source.Text(), copy.Fill.Fresh is { IsBeside: true, HasCapacity: false } ? $"making '{target}' from it" : $"'{target}.AddRange'");
    }, OperationKind.Loop);
}
