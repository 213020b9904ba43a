namespace HotPath;

/// <summary>Where keys of elements are given other values, so that an index of them would be out of date.</summary>
internal static class KeyWrites
{
    /// <summary>Whether the code itself, or a source method it calls, is seen to write a member that a key of the scan is read from. Objects being made do not count.</summary>
    public static bool AnyIn(IOperation region, KeyedScan scan)
    {
        foreach (var match in scan.Matches)
        {
            if (AnyIn(region, match.Members))
                return true;
        }

        return false;
    }

    /// <inheritdoc cref="AnyIn(IOperation, KeyedScan)"/>
    /// <param name="region">The code.</param>
    /// <param name="members">The members that the keys are read from.</param>
    public static bool AnyIn(IOperation region, ImmutableArray<ISymbol> members)
    {
        foreach (var member in members)
        {
            if (CanBeWritten(member) && IsWrittenIn(region, member))
                return true;
        }

        return false;
    }

    /// <summary>Whether nothing at all can write the keys of the scan while the code runs.</summary>
    public static bool NoneIn(IOperation region, KeyedScan scan)
    {
        var effects = Effects.Of(region);
        foreach (var match in scan.Matches)
        {
            foreach (var member in match.Members)
            {
                // Elements that are structs change with the collection only.
                if (!CanBeWritten(member) || member.ContainingType is { IsValueType: true } && SymbolEqualityComparer.Default.Equals(member.ContainingType, scan.Type))
                    continue;

                if (IsWrittenBy(effects, member) || !Invariance.IsUnreachable(member, region) || IsHandedOut(region, member.ContainingType))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the value stays what it is while the code runs: neither the variables nor the members it is read from are written.</summary>
    public static bool Keep(IOperation value, IOperation region)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }:
                    if (Aliasing.Uses(local, region).Any(static use => use.Kind is UseKind.Assigned or UseKind.PassedByReference) || Invariance.IsWrittenByOthers(local, part))
                        return false;

                    break;

                case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter }:
                    if (Aliasing.Uses(parameter, region).Any(static use => use.Kind is UseKind.Assigned or UseKind.PassedByReference) || Invariance.IsWrittenByOthers(parameter, part))
                        return false;

                    break;

                case ILocalReferenceOperation or IParameterReferenceOperation:
                    return false;

                case IMemberReferenceOperation { Member: var member } when CanBeWritten(member):
                    if (IsWrittenBy(Effects.Of(region), member) || !Invariance.IsUnreachable(member, region) || IsHandedOut(region, member.ContainingType))
                        return false;

                    break;
            }
        }

        return true;
    }

    /// <summary>Whether the code itself is seen to write a variable or member that the value is read from.</summary>
    public static bool AnyIn(IOperation region, IOperation value)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation or IParameterReferenceOperation:
                    if (Aliasing.Uses(part.Variable()!, region).Any(static use => use.Kind is UseKind.Assigned or UseKind.PassedByReference))
                        return true;

                    break;

                case IMemberReferenceOperation { Member: var member } when CanBeWritten(member) && IsWrittenIn(region, member):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a member can get another value after its object was made.</summary>
    public static bool CanBeWritten(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly && !field.IsConst && !field.ContainingType.IsTupleType,
        IPropertySymbol { ContainingType.IsAnonymousType: true } => false,
        IPropertySymbol property => property.SetMethod is { IsInitOnly: false } || property.GetMethod is { } getter && getter.Locations is [{ IsInSource: true }, ..] && !Effects.IsAuto(getter),
        _ => true,
    };

    private static bool IsWrittenIn(IOperation region, ISymbol member)
    {
        foreach (var part in region.DescendantsAndSelf())
        {
            switch (part)
            {
                case IMemberReferenceOperation { Member: var used, Instance: not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } reference when Same(used, member):
                    if (Aliasing.Classify(reference).Kind is UseKind.Assigned or UseKind.PassedByReference)
                        return true;

                    break;

                case IInvocationOperation { TargetMethod: { Locations: [{ IsInSource: true }, ..] } method } when region.SemanticModel is { Compilation: var compilation }:
                    if (Effects.Of(method, compilation).Written.Any(written => Same(written, member)))
                        return true;

                    break;
            }
        }

        return false;
    }

    private static bool IsWrittenBy(Effects effects, ISymbol member) => effects.Written.Any(written => Same(written, member));

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other.OriginalDefinition);

    /// <summary>Whether a library that may do anything gets an object of the type.</summary>
    private static bool IsHandedOut(IOperation region, ITypeSymbol type)
    {
        foreach (var part in region.DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod: { Locations: not [{ IsInSource: true }, ..] } method } call && Purity.OfLibrary(method) is null && method.MethodKind != MethodKind.DelegateInvoke)
            {
                foreach (var argument in call.Arguments)
                {
                    for (var current = argument.Value.Unconverted().Type; current is not null; current = current.BaseType)
                    {
                        if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, type.OriginalDefinition))
                            return true;
                    }
                }
            }
        }

        return false;
    }
}
