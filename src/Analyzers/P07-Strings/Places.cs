namespace HotPath;

/// <summary>Places that hold a value: variables, properties, elements.</summary>
internal static class Places
{
    /// <summary>Whether both name the same place, given that what they are reached through does not change between them.</summary>
    public static bool AreSame(IOperation? one, IOperation? other)
    {
        if (one is null || other is null)
            return one is null && other is null;

        one = one.Unconverted();
        other = other.Unconverted();
        if (one.Kind != other.Kind)
            return false;

        switch (one)
        {
            case ILocalReferenceOperation local:
                return SymbolEqualityComparer.Default.Equals(local.Local, ((ILocalReferenceOperation)other).Local);

            case IParameterReferenceOperation parameter:
                return SymbolEqualityComparer.Default.Equals(parameter.Parameter, ((IParameterReferenceOperation)other).Parameter);

            case IInstanceReferenceOperation instance:
                return instance.ReferenceKind == ((IInstanceReferenceOperation)other).ReferenceKind;

            case IFieldReferenceOperation field:
                var otherField = (IFieldReferenceOperation)other;
                return SymbolEqualityComparer.Default.Equals(field.Field, otherField.Field) && AreSame(field.Instance, otherField.Instance);

            case IPropertyReferenceOperation property:
                var otherProperty = (IPropertyReferenceOperation)other;
                if (!SymbolEqualityComparer.Default.Equals(property.Property, otherProperty.Property) || !AreSame(property.Instance, otherProperty.Instance) || property.Arguments.Length != otherProperty.Arguments.Length)
                    return false;

                for (var i = 0; i < property.Arguments.Length; i++)
                {
                    if (!AreSame(property.Arguments[i].Value, otherProperty.Arguments[i].Value))
                        return false;
                }

                return true;

            case IArrayElementReferenceOperation element:
                var otherElement = (IArrayElementReferenceOperation)other;
                if (!AreSame(element.ArrayReference, otherElement.ArrayReference) || element.Indices.Length != otherElement.Indices.Length)
                    return false;

                for (var i = 0; i < element.Indices.Length; i++)
                {
                    if (!AreSame(element.Indices[i], otherElement.Indices[i]))
                        return false;
                }

                return true;

            case IBinaryOperation { OperatorMethod: null } binary:
                var otherBinary = (IBinaryOperation)other;
                return binary.OperatorKind == otherBinary.OperatorKind && AreSame(binary.LeftOperand, otherBinary.LeftOperand) && AreSame(binary.RightOperand, otherBinary.RightOperand);

            case ILiteralOperation:
                return one.ConstantValue is { HasValue: true, Value: var value } && other.ConstantValue is { HasValue: true, Value: var otherValue } && Equals(value, otherValue);

            default:
                return false;
        }
    }

    /// <summary>The variable that holds the object, or the property of the type's own that is a field with a longer name; null for anything else.</summary>
    public static ISymbol? Holder(IOperation? value)
    {
        if (value is null || value.Variable() is { } variable)
            return value?.Variable();

        return value.Unconverted() is IPropertyReferenceOperation { Property: { IsIndexer: false, IsAbstract: false, IsVirtual: false, IsOverride: false, GetMethod: { } getter, Locations: [{ IsInSource: true }, ..] } property, Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }
            && Effects.IsAuto(getter) ? property : null;
    }

    /// <summary>All uses of a <see cref="Holder"/> in the operation.</summary>
    public static IEnumerable<Use> Uses(ISymbol holder, IOperation within)
    {
        if (holder is not IPropertySymbol)
            return Aliasing.Uses(holder, within);

        return within.DescendantsAndSelf().Where(part => part is IPropertyReferenceOperation { Property: var property } && SymbolEqualityComparer.Default.Equals(property, holder)).Select(Aliasing.Classify);
    }

    /// <summary>Whether the operation is the text in the place: itself, or <c>(s ?? "")</c>; <paramref name="reference"/> is the reference in it.</summary>
    public static bool IsOldText(IOperation operation, IOperation place, out IOperation? reference)
    {
        reference = Growth.Implicit(operation);
        if (reference is ICoalesceOperation { Value: var value, WhenNull.ConstantValue: { HasValue: true, Value: "" } })
            reference = Growth.Implicit(value);

        return AreSame(reference, place);
    }

    /// <summary>The references to the place among the operations.</summary>
    public static ImmutableArray<IOperation> Same(ImmutableArray<IOperation> operations, IOperation place)
    {
        ImmutableArray<IOperation>.Builder? same = null;
        foreach (var operation in operations)
        {
            if (IsOldText(operation, place, out var reference))
                (same ??= ImmutableArray.CreateBuilder<IOperation>()).Add(reference!);
        }

        return same?.ToImmutable() ?? [];
    }

    /// <summary>Whether the place is the same one in every iteration: the loop neither declares nor assigns what it is reached through.</summary>
    public static bool IsSteady(IOperation place, Loop loop)
    {
        foreach (var part in place.Descendants())
        {
            switch (part)
            {
                case ILocalReferenceOperation { Local: var local }:
                    if (!IsSteady(local, loop))
                        return false;

                    break;

                case IParameterReferenceOperation { Parameter: var parameter }:
                    if (!IsSteady(parameter, loop))
                        return false;

                    break;

                case IFieldReferenceOperation { Field: { IsReadOnly: false, IsConst: false } field }:
                    if (!IsSteady(field, loop))
                        return false;

                    break;

                case IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IInstanceReferenceOperation or ILiteralOperation or IArgumentOperation or IConversionOperation or IBinaryOperation:
                    break;

                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsSteady(ISymbol variable, Loop loop)
    {
        if (StringAccumulation.IsDeclaredIn(variable, loop) || variable is ILocalSymbol { RefKind: not RefKind.None })
            return false;

        foreach (var use in Aliasing.Uses(variable, loop.Lambda ?? loop.Operation))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return false;
        }

        return true;
    }
}
