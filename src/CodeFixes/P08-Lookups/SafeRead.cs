namespace HotPath;

/// <summary>What can be computed earlier, or more often, than the code does: it neither fails nor is noticed.</summary>
internal static class SafeRead
{
    /// <summary>Whether computing the value can neither fail nor be noticed. <paramref name="mayBeNull"/> is set where only an object that may be missing stands against it.</summary>
    public static bool Is(IOperation value, SemanticModel model, ref bool mayBeNull, KeyElement? element = null)
    {
        if (value.ConstantValue.HasValue || element?.Is(value) == true && value is not IConversionOperation)
            return true;

        switch (value)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or ILiteralOperation:
                return true;

            case IConversionOperation { OperatorMethod: null, Operand: var operand } conversion:
                return (conversion.Conversion is { IsIdentity: true } or { IsReference: true, IsImplicit: true } or { IsNullable: true, IsImplicit: true } || conversion is { IsChecked: false, Conversion.IsNumeric: true } && operand.Type?.SpecialType != SpecialType.System_Decimal && conversion.Type?.SpecialType is not SpecialType.System_Decimal || conversion.IsImplicit && conversion.Conversion.IsNumeric)
                    && Is(operand, model, ref mayBeNull, element);

            case IFieldReferenceOperation { Field: { IsVolatile: false }, Instance: var instance }:
                return instance is null || IsOwner(instance, model, ref mayBeNull, element);

            case IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } getter } property, Instance: var instance }:
                return (instance is null || IsOwner(instance, model, ref mayBeNull, element))
                    && (property.ContainingType.IsAnonymousType
                        || (Purity.OfLibrary(getter) is { } known ? (known & ~Effect.ReadsState) == Effect.None && property.Name is not "Value" && property.ContainingType.TypeKind != TypeKind.Interface
                            : IsPairMember(property) || property is { IsVirtual: false, IsAbstract: false, IsOverride: false, Locations: [{ IsInSource: true }, ..] } && Effects.IsAuto(getter)));

            case IBinaryOperation { OperatorMethod: null, IsChecked: false, OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply } binary
                when IsNumber(binary.LeftOperand.Type) && IsNumber(binary.RightOperand.Type) || binary.LeftOperand.Type?.SpecialType == SpecialType.System_String && binary.RightOperand.Type?.SpecialType == SpecialType.System_String:
                return Is(binary.LeftOperand, model, ref mayBeNull, element) && Is(binary.RightOperand, model, ref mayBeNull, element);

            default:
                return false;
        }
    }

    /// <summary>Whether answering the condition can neither fail nor be noticed.</summary>
    public static bool IsCondition(IOperation condition, SemanticModel model, ref bool mayBeNull, KeyElement? element = null) => condition switch
    {
        IBinaryOperation { OperatorMethod: null, IsChecked: false, OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
            or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary
            => IsCondition(binary.LeftOperand, model, ref mayBeNull, element) && IsCondition(binary.RightOperand, model, ref mayBeNull, element),
        IBinaryOperation { OperatorMethod: { } method } binary when method.ContainingType.IsFromSystem() && Purity.IsPureLibrary(method) => IsCondition(binary.LeftOperand, model, ref mayBeNull, element) && IsCondition(binary.RightOperand, model, ref mayBeNull, element),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null, Operand: var operand } => IsCondition(operand, model, ref mayBeNull, element),
        _ => Is(condition, model, ref mayBeNull, element),
    };

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Char or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64);

    private static bool IsPairMember(IPropertySymbol property) => property.ContainingType is { Name: "KeyValuePair" or "Tuple" or "IGrouping", Arity: > 0 } type && type.IsFromSystem();

    private static bool IsOwner(IOperation instance, SemanticModel model, ref bool mayBeNull, KeyElement? element = null)
    {
        if (!Is(instance, model, ref mayBeNull, element))
            return false;

        if (instance is not IInstanceReferenceOperation && !(instance.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T })
            && !(instance.Syntax is ExpressionSyntax syntax && !Nullness.IsOnlyPromised(syntax) && model.GetTypeInfo(syntax).Nullability is { Annotation: NullableAnnotation.NotAnnotated, FlowState: NullableFlowState.NotNull }))
        {
            mayBeNull = true;
        }

        return true;
    }
}
