namespace HotPath;

/// <summary>Where a number of rows goes, if all that is asked of it is whether it is zero.</summary>
internal sealed class ExistenceTest
{
    private const int Deepest = 8;
    private readonly List<IOperation> tests = [];
    private readonly HashSet<ISymbol> locals = new(SymbolEqualityComparer.Default);

    private ExistenceTest()
    {
    }

    /// <summary>The one test, where the number goes straight into it; null where a variable holds it.</summary>
    public IOperation? Direct => locals.Count == 0 && tests is [var only] ? only : null;

    /// <summary>Whether the direct test is met by no row.</summary>
    public bool IsNone { get; private set; }

    /// <summary>The tests of a number; null where something else is done with it, or nothing.</summary>
    public static ExistenceTest? Of(IOperation number)
    {
        var found = new ExistenceTest();
        return found.Follow(number, 0) && found.tests.Count > 0 ? found : null;
    }

    private bool Follow(IOperation value, int depth)
    {
        for (var child = value; depth < Deepest; child = child.Parent!)
        {
            // What is a truth value already has been a number of rows before: ExecuteScalar<bool>.
            if (child.Type?.SpecialType == SpecialType.System_Boolean)
                return Test(child, isNone: false);

            switch (child.Parent)
            {
                case IConversionOperation conversion when HoldsCounts(conversion.Type):
                case IAwaitOperation:
                case ICoalesceOperation { Value: var counted, WhenNull: var otherwise } when ReferenceEquals(counted, child) && Whole(otherwise.Unconverted()) == 0:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "ToString", Instance: { } instance } when ReferenceEquals(instance, child):
                    break;

                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: var method } call }:
                    if (method is { Name: "ToBoolean", ContainingType: { Name: "Convert" } convert } && convert.IsFromSystem())
                        return Test(call, isNone: false);

                    if (!IsParsed(method))
                        return false;

                    child = child.Parent;
                    break;

                case IBinaryOperation comparison:
                    return Compare(comparison, child);

                case IIsPatternOperation pattern:
                    return Match(pattern, pattern.Pattern, depth);

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return FollowLocal(local, child, depth);

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } assignment when ReferenceEquals(assignment.Value, child):
                    return FollowLocal(local, child, depth);

                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>The local has no other value but a constant before it, and all its uses are tests.</summary>
    private bool FollowLocal(ILocalSymbol local, IOperation value, int depth)
    {
        if (!locals.Add(local) || local.IsRef)
            return false;

        var root = value.Root();
        if (References.Declarator(local, root)?.GetVariableInitializer()?.Value is { } initial && !initial.Syntax.Span.Contains(value.Syntax.Span) && !initial.ConstantValue.HasValue)
            return false;

        foreach (var use in Aliasing.Uses(local, root))
        {
            if (use.Kind is UseKind.Assigned && use.Context is ISimpleAssignmentOperation { IsRef: false, Value: var assigned } && (assigned.Syntax.Span.Contains(value.Syntax.Span) || assigned.ConstantValue.HasValue))
                continue;

            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference || !Follow(use.Reference, depth + 1))
                return false;
        }

        return true;
    }

    private bool Compare(IBinaryOperation comparison, IOperation side)
    {
        var isLeft = ReferenceEquals(comparison.LeftOperand, side);
        var other = (isLeft ? comparison.RightOperand : comparison.LeftOperand).Unconverted();

        // Whether the command gave a row at all says nothing about the number.
        if (comparison.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals && (other.ConstantValue is { HasValue: true, Value: null } || other is IFieldReferenceOperation { Field: { Name: "Value", ContainingType.Name: "DBNull" } }))
            return true;

        return Whole(other) is { } number && IsTest(isLeft ? comparison.OperatorKind : comparison.OperatorKind.Turned(), number) is { } isNone && Test(comparison, isNone);
    }

    private bool Match(IIsPatternOperation whole, IPatternOperation pattern, int depth)
    {
        switch (pattern)
        {
            case INegatedPatternOperation { Pattern: var negated } when Asked(negated) is { } isNone:
                return Test(whole, !isNone);

            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } or INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } }:
                return true;

            case IConstantPatternOperation or IRelationalPatternOperation when Asked(pattern) is { } isNone:
                return Test(whole, isNone);

            // is long count && count > 0
            case IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local, MatchedType: var type } when HoldsCounts(type):
                return FollowLocal(local, whole.Value, depth);

            // is long and > 0
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And, LeftPattern: ITypePatternOperation { MatchedType: var type }, RightPattern: var right } when HoldsCounts(type) && Asked(right) is { } isNone:
                return Test(whole, isNone);

            default:
                return false;
        }
    }

    private static bool? Asked(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value: var value } when Whole(value) is { } number => IsTest(BinaryOperatorKind.Equals, number),
        IRelationalPatternOperation { OperatorKind: var kind, Value: var value } when Whole(value) is { } number => IsTest(kind, number),
        _ => null,
    };

    private bool Test(IOperation whole, bool isNone)
    {
        tests.Add(whole);
        IsNone = isNone;
        return true;
    }

    /// <summary>Whether the comparison holds for no row only; null where it asks for more than whether there is one.</summary>
    private static bool? IsTest(BinaryOperatorKind kind, long number) => (kind, number) switch
    {
        (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1) => false,
        (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1) => true,
        _ => null,
    };

    private static long? Whole(IOperation value) => value.ConstantValue is { HasValue: true, Value: var constant } ? constant switch
    {
        int number => number,
        long number => number,
        uint number => number,
        ulong number and <= 1 => (long)number,
        decimal number when number is 0 or 1 => (long)number,
        "0" => 0,
        "1" => 1,
        _ => null,
    } : null;

    /// <summary>Whether a number of rows that is not zero stays so in the type: a byte would wrap around.</summary>
    private static bool HoldsCounts(ITypeSymbol? type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] }
        ? HoldsCounts(underlying)
        : type is { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Decimal or SpecialType.System_Double };

    private static bool IsParsed(IMethodSymbol method) => method.ContainingType.IsFromSystem() && (method.Name, method.ContainingType.Name) is
        ("ToInt32" or "ToInt64" or "ToUInt32" or "ToUInt64" or "ToDecimal" or "ToString", "Convert") or ("Parse", "Int32" or "Int64");
}
