namespace HotPath;

/// <summary>A method that calls itself with a copy of what is left of its text, array or list. The one recognition behind the rule and its fix.</summary>
internal sealed class TailCopy
{
    private TailCopy(IMethodSymbol method, IParameterSymbol parameter, IInvocationOperation call, IOperation copy)
    {
        Method = method;
        Parameter = parameter;
        Call = call;
        Copy = copy;
    }

    /// <summary>The recursive method.</summary>
    public IMethodSymbol Method { get; }

    /// <summary>The parameter that gets shorter.</summary>
    public IParameterSymbol Parameter { get; }

    /// <summary>The call of itself.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The copy that is handed on.</summary>
    public IOperation Copy { get; }

    /// <summary>The copy that a call hands to the method it stands in, or null.</summary>
    public static TailCopy? Of(IInvocationOperation call, ISymbol containing)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (method.Parameters.IsEmpty || method.Locations is not [{ IsInSource: true }, ..] || !IsItself(call, method, containing) || Loops.IsCold(call) || !call.Binds())
            return null;

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None } parameter && IsCopied(parameter.Type))
            {
                var own = method.Parameters[parameter.Ordinal];
                if (Shortened(argument.Value, own, depth: 0) is { } copy)
                    return IsPrefix(call, own) ? null : new(method, own, call, copy);
            }
        }

        return null;
    }

    /// <summary>Whether the only call takes a prefix off, a sign or a bracket, and goes on with what is behind it: that happens once.</summary>
    private static bool IsPrefix(IInvocationOperation call, IParameterSymbol parameter)
    {
        foreach (var other in call.Root().Descendants())
        {
            if (other is IInvocationOperation again && again != call && SymbolEqualityComparer.Default.Equals(again.TargetMethod.OriginalDefinition, call.TargetMethod.OriginalDefinition))
                return false;
        }

        for (IOperation? current = call; current?.Parent is { } parent; current = parent)
        {
            if (parent is IConditionalOperation { Condition: var condition, WhenTrue: var then } && ReferenceEquals(then, current) && Prefixes.AreAskedFor(condition, operation => Refers(operation, parameter)))
                return true;
        }

        return false;
    }

    private static bool IsItself(IInvocationOperation call, IMethodSymbol method, ISymbol containing)
    {
        if (method.IsAbstract || call.Instance is not (null or IInstanceReferenceOperation))
            return false;

        for (IOperation? current = call; current is not null; current = current.Parent)
        {
            if (current is ILocalFunctionOperation { Symbol: var function } && SymbolEqualityComparer.Default.Equals(function.OriginalDefinition, method))
                return true;
        }

        return SymbolEqualityComparer.Default.Equals(containing.OriginalDefinition, method);
    }

    private static bool IsCopied(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1 } or { SpecialType: SpecialType.System_String }
        || type is INamedTypeSymbol { Name: "List" or "IList" or "IEnumerable" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" } && type.IsFromSystem();

    /// <summary>The copy of all but a few elements of the parameter; null for anything else, above all halves.</summary>
    private static IOperation? Shortened(IOperation value, IParameterSymbol parameter, int depth)
    {
        value = value.Unconverted();
        switch (value)
        {
            case ILocalReferenceOperation { Local: var local } when depth < 3 && Origins.Only(local, value) is { } origin:
                return Shortened(origin, parameter, depth + 1);

            case IImplicitIndexerReferenceOperation { Instance: { } sliced, Argument: var range } when Refers(sliced, parameter):
                return IsMost(range, parameter) ? value : null;

            case IArrayElementReferenceOperation { ArrayReference: var array, Indices: [var range] } when Refers(array, parameter):
                return IsMost(range, parameter) ? value : null;

            case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type } } call when type.IsFromSystem():
                if (call.Receiver() is not { } receiver)
                    return null;

                if (name is "ToList" or "ToArray" && type.Name == "Enumerable")
                    return receiver is IInvocationOperation && Shortened(receiver, parameter, depth) is not null ? value : null;

                if (!Refers(receiver, parameter))
                    return null;

                return (type.Name, name) switch
                {
                    ("String", "Substring") => call.Arguments.Length == 1 ? IsFew(call.Arguments[0].Value) : IsFew(call.Arguments[0].Value, orZero: true) && IsRest(call.Arguments[1].Value, parameter),
                    ("String", "Remove") => call.Arguments.Length == 2 ? call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: 0 } && IsFew(call.Arguments[1].Value) : IsRest(call.Arguments[0].Value, parameter),
                    ("Enumerable", "Skip" or "SkipLast") => call.ArgumentOf(1) is { } few && IsFew(few),
                    ("Enumerable", "Take") => call.ArgumentOf(1) is { } most && IsRest(most, parameter),
                    ("List", "GetRange") => IsFew(call.Arguments[0].Value, orZero: true) && IsRest(call.Arguments[1].Value, parameter),
                    _ => false,
                } ? value : null;

            default:
                return null;
        }
    }

    private static bool Refers(IOperation operation, IParameterSymbol parameter) => Aliasing.Refers(operation.Unconverted(), parameter);

    private static bool IsFew(IOperation value, bool orZero = false) => value.ConstantValue is { HasValue: true, Value: int count } && (orZero ? count >= 0 : count > 0);

    /// <summary>Whether the value is the length without a constant.</summary>
    private static bool IsRest(IOperation value, IParameterSymbol parameter) =>
        value.Unconverted() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: int and > 0 } }
        && (left.Unconverted() is IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } instance } && Refers(instance, parameter)
            || left.Unconverted() is IInvocationOperation { TargetMethod: { Name: "Count", ContainingType.Name: "Enumerable" } } count && count.ArgumentOf(0) is { } counted && Refers(counted, parameter));

    /// <summary>Whether a range leaves out a constant number of elements in front, at the end, or both.</summary>
    private static bool IsMost(IOperation range, IParameterSymbol parameter)
    {
        if (range.Unconverted() is not IRangeOperation { LeftOperand: var start, RightOperand: var end })
            return false;

        var cutsFront = start is not null && IsConstantIndex(start);
        var cutsEnd = end is not null && (end.Unconverted() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: int and > 0 } } || end.Unconverted() is IConversionOperation { Operand: var inner } && IsRest(inner, parameter) || IsRest(end, parameter));
        return (cutsFront && (end is null || cutsEnd)) || (cutsEnd && start is null);
    }

    private static bool IsConstantIndex(IOperation index)
    {
        index = index.Unconverted();
        if (index is IConversionOperation { Operand: var operand })
            index = operand;

        return index.ConstantValue is { HasValue: true, Value: int and > 0 };
    }
}
