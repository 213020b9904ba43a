namespace HotPath;

/// <summary>
/// A collection that gets exactly one element in each iteration of a loop of which it is known how often it runs. The one recognition behind the rules about
/// collections that are filled one by one.
/// </summary>
internal sealed class Fill
{
    private Fill(CountedLoop loop, IOperation add, IOperation target, IOperation value, bool isWhole)
    {
        Loop = loop;
        Add = add;
        Target = target;
        Value = value;
        IsWhole = isWhole;
    }

    /// <summary>The loop.</summary>
    public CountedLoop Loop { get; }

    /// <summary>The call that adds, or the assignment to an element of a dictionary.</summary>
    public IOperation Add { get; }

    /// <summary>What is added to, without conversions.</summary>
    public IOperation Target { get; }

    /// <summary>What is added; of a dictionary the value.</summary>
    public IOperation Value { get; }

    /// <summary>Whether the body does nothing else.</summary>
    public bool IsWhole { get; }

    /// <summary>Where the collection is made, if the loop finds it empty.</summary>
    public FreshCollection? Fresh { get; private set; }

    /// <summary>Whether the collection is a <c>List&lt;T&gt;</c> by its own type.</summary>
    public bool IsList => Target.Type.Is("System.Collections.Generic", "List");

    /// <summary>What the loop fills; empty where it leaves early, is too short to matter, runs when something went wrong, or does anything else to the collection.</summary>
    public static ImmutableArray<Fill> Of(IOperation operation, AnalyzerOptions options, string id)
    {
        if (operation is not ILoopOperation { Body: var body } loop || loop is not (IForEachLoopOperation or IForLoopOperation))
            return [];

        var statements = body is IBlockOperation { Operations: var several } ? several : [body];
        ImmutableArray<Fill>.Builder? fills = null;
        CountedLoop? counted = null;

        foreach (var statement in statements)
        {
            if (Addition(statement) is not var (add, target, value))
                continue;

            // Only now is it worth looking at the loop.
            if (counted is null && (counted = Counted(loop, options, id)) is null)
                return [];

            var fill = new Fill(counted, add, target.Unconverted(), value, statements.Length == 1);
            if (fill.IsOnePerIteration())
                (fills ??= ImmutableArray.CreateBuilder<Fill>()).Add(fill);
        }

        if (fills is null || !loop.Binds() || LeavesEarly(loop))
            return [];

        foreach (var fill in fills)
            fill.Fresh = FreshCollection.Of(fill.Target, loop);

        return fills.ToImmutable();
    }

    /// <summary>Whether the code asks for the capacity of the collection, which no fix keeps, or has seen to it.</summary>
    public bool IsCapacityUsed
    {
        get
        {
            foreach (var part in Target.Root().Descendants())
            {
                var instance = part switch
                {
                    IPropertyReferenceOperation { Property.Name: "Capacity", Instance: var owner } => owner,
                    IInvocationOperation { TargetMethod.Name: "EnsureCapacity" or "TrimExcess", Instance: var owner } => owner,
                    _ => null,
                };

                if (instance is not null && Places.AreSame(instance, Target))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether evaluating the value once more, a little earlier, costs nothing and nobody notices: variables, and properties that only hand out a field.</summary>
    public static bool IsPlain(IOperation value) => IsPlain(value, depth: 0);

    private static bool IsPlain(IOperation? value, int depth)
    {
        switch (value?.Unconverted())
        {
            case null:
                return true;

            case ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation:
                return true;

            case IFieldReferenceOperation { Field.IsVolatile: false, Instance: var instance }:
                return IsPlain(instance, depth);

            case IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } getter } property, Instance: var instance } reference when IsPlain(instance, depth):
                if (property.Locations is not [{ IsInSource: true }, ..])
                    return property.ContainingType is { Name: "KeyValuePair" or "Tuple" or "Dictionary" or "SortedDictionary" or "SortedList" } holder && holder.IsFromSystem();

                return property is { IsVirtual: false, IsAbstract: false, IsOverride: false }
                    && (Effects.IsAuto(getter) || depth < 3 && reference.SemanticModel is { Compilation: var compilation } && Queries.Computed(property, compilation) is { } computed && IsPlain(computed, depth + 1));

            default:
                return false;
        }
    }

    private static (IOperation Add, IOperation Target, IOperation Value)? Addition(IOperation statement)
    {
        switch (statement)
        {
            case IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Add" or "Enqueue" or "Push", ContainingType: var type }, Instance: { } target, Arguments: [.., { Value: var value }] } call }:
                return type.ContainingNamespace.Is("System.Collections.Generic") && type.IsFromSystem() && type.Name is "List" or "HashSet" or "Queue" or "Stack" or "Dictionary" or "ICollection" or "ISet" or "IDictionary" && IsPlace(target)
                    ? (call, target, value)
                    : null;

            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false, Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } target }, Value: var value } assignment }:
                return target.Type.Is("System.Collections.Generic", "Dictionary") && IsPlace(target) ? (assignment, target, value) : null;

            default:
                return null;
        }
    }

    private static bool IsPlace(IOperation target) => target.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation;

    private static CountedLoop? Counted(ILoopOperation loop, AnalyzerOptions options, string id)
    {
        if (Loops.IsCold(loop) || loop.IsInExpressionTree() || CountedLoop.Of(loop) is not { } counted)
            return null;

        var small = Options.SmallLoop.Read(options, loop.Syntax.SyntaxTree, id);
        return Sizes.TripCount(loop) <= small || counted.Source is { } source && (Sizes.Most(source) <= small || Sizes.IsWrittenOut(source)) ? null : counted;
    }

    /// <summary>Whether the loop adds nowhere else, takes nothing out, and walks through something else.</summary>
    private bool IsOnePerIteration()
    {
        if (Loop.Source is { } source && Places.AreSame(source, Target) || !Places.IsSteady(Target, new Loop(Loop.Operation)) || Target.Variable() is { } variable && Loop.Operation.Declares(variable))
            return false;

        // A table or set that is also asked may get far fewer elements than there are iterations.
        var isHashed = Target.Type?.Name is not ("List" or "IList" or "ICollection" or "Queue" or "Stack");
        foreach (var part in Loop.Operation.Body.Descendants())
        {
            if (part is IConversionOperation || part.Syntax == Target.Syntax || !Places.AreSame(part, Target))
                continue;

            if (isHashed || Aliasing.Classify(part) is not { Kind: UseKind.Read or UseKind.MemberRead or UseKind.Enumerated } use && !(Aliasing.Classify(part) is { Kind: UseKind.Called, Context: IInvocationOperation call } && Aliasing.LeavesReceiver(call)))
                return false;
        }

        return true;
    }

    /// <summary>Whether an iteration may end before its end, hand over to other code, or wait: then the number of elements is another, or time goes elsewhere.</summary>
    private static bool LeavesEarly(ILoopOperation loop)
    {
        if (Loops.IsPaced(loop))
            return true;

        foreach (var part in loop.Body.Descendants())
        {
            switch (part)
            {
                case IAwaitOperation when ReferenceEquals(part.Function(), loop.Function()):
                case IForEachLoopOperation { IsAsynchronous: true }:
                case IInvocationOperation { TargetMethod: { Name: "ReadLine" or "ReadKey" or "Read", ContainingType: var console } } when console.Is("System", "Console"):
                case IReturnOperation { IsImplicit: false } when ReferenceEquals(part.Function(), loop.Function()):
                case IBranchOperation { BranchKind: BranchKind.GoTo }:
                case IBranchOperation branch when ReferenceEquals(branch.GetCorrespondingOperation(), loop):
                    return true;
            }
        }

        return false;
    }
}
