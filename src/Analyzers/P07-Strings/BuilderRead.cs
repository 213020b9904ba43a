namespace HotPath;

/// <summary>A growing <c>StringBuilder</c> that a loop copies to a string to ask it something, or moves to put text in front. The one recognition behind the rule and its fix.</summary>
internal sealed class BuilderRead
{
    private BuilderRead(IInvocationOperation call, IOperation builder, Loop loop)
    {
        Call = call;
        Builder = builder;
        Loop = loop;
    }

    /// <summary>The call of <c>ToString</c> or <c>Insert</c>.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The builder.</summary>
    public IOperation Builder { get; }

    /// <summary>The loop that makes it grow.</summary>
    public Loop Loop { get; }

    /// <summary>The whole question, where the text is asked right there: its length, a character, whether it is empty.</summary>
    public IOperation? Question { get; private set; }

    /// <summary>Whether text is put in front.</summary>
    public bool IsInsert => Call.TargetMethod.Name == "Insert";

    /// <summary>The read that a call makes, or null.</summary>
    public static BuilderRead? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        var method = call.TargetMethod;
        if (method.Name is not ("ToString" or "Insert") || !IsBuilder(call.Instance?.Type) || call.Instance is not { } instance || !Loops.MayRepeat(call))
            return null;

        if (method.Name == "Insert" ? call.ArgumentOf(0)?.ConstantValue is not { HasValue: true, Value: 0 } : !method.Parameters.IsEmpty)
            return null;

        var builder = Operations.Resolved(instance).Unconverted();
        if (builder is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation) || Loops.Enclosing(call, options) is not { } loop || !call.Binds())
            return null;

        if (builder.Variable() is { } variable and not IFieldSymbol ? StringAccumulation.IsDeclaredIn(variable, loop) : !Places.IsSteady(builder, loop))
            return null;

        IOperation? question = null;
        if (method.Name == "ToString" && !IsQuestion(call, out question) || !Grows(builder, loop, call))
            return null;

        return new(call, builder, loop) { Question = question };
    }

    private static bool IsBuilder(ITypeSymbol? type) => type.Is("System.Text", "StringBuilder");

    /// <summary>Whether the text is only asked something: it goes nowhere.</summary>
    private static bool IsQuestion(IOperation text, out IOperation? question)
    {
        question = null;
        var consumer = text.Consumer(out var value);
        switch (consumer)
        {
            case IPropertyReferenceOperation { Property: { ContainingType.SpecialType: SpecialType.System_String } } property when ReferenceEquals(property.Instance, value):
                question = property;
                return true;

            case IImplicitIndexerReferenceOperation { Argument: var argument } indexed when argument.Unconverted() is not IRangeOperation:
                question = indexed;
                return true;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                question = comparison;
                return true;

            case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "EndsWith" or "StartsWith" or "Contains" or "IndexOf" or "LastIndexOf" or "Equals" or "IndexOfAny" or "CompareTo" } } call when ReferenceEquals(call.Instance, value):
                question = call;
                return true;

            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "Equals", ContainingType.SpecialType: SpecialType.System_String } } call }:
                question = call;
                return true;

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "Last" or "LastOrDefault" or "First" or "FirstOrDefault" or "Count" or "Any" or "All" or "Contains" or "ElementAt", ContainingType: { Name: "Enumerable" } type } } call } when type.IsFromSystem():
                question = call;
                return true;

            // A local that is only asked itself.
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } initializer:
                var uses = Aliasing.Uses(local, text.Root()).ToList();
                return uses.Count > 0 && uses.All(static use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference) && IsQuestion(use.Reference, out _));

            default:
                return false;
        }
    }

    /// <summary>Whether the loop makes the builder longer and never starts it anew.</summary>
    private static bool Grows(IOperation builder, Loop loop, IInvocationOperation read)
    {
        var grows = false;
        foreach (var part in (loop.Lambda ?? loop.Operation).Descendants())
        {
            if (!Places.AreSame(part, builder) || part is IConversionOperation)
                continue;

            var use = Aliasing.Classify(part);
            switch (use.Kind)
            {
                case UseKind.Assigned or UseKind.PassedByReference:
                    return false;

                case UseKind.MemberWritten when use.Context is IPropertyReferenceOperation { Property.Name: "Length", Parent: IAssignmentOperation assignment }:
                    // Length-- takes back a separator; Length = 0 starts anew.
                    if (assignment is ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true })
                        return false;

                    break;

                case UseKind.Called when use.Context is IInvocationOperation { TargetMethod.Name: var name }:
                    if (name == "Clear")
                        return false;

                    grows |= name.StartsWith("Append", StringComparison.Ordinal) || name == "Insert";
                    break;

                // Whoever gets the builder may add to it.
                case UseKind.Passed when use.Context is IArgumentOperation argument && argument.Parameter?.ContainingType.IsFromSystem() == false:
                    grows = true;
                    break;
            }
        }

        return grows;
    }
}
