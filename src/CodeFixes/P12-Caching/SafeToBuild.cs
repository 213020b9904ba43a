using System.Globalization;
using System.Text.RegularExpressions;

namespace HotPath;

/// <summary>
/// Whether building an object cannot throw. In a static field the exception would become a <see cref="TypeInitializationException"/> and
/// would come from every member of the type.
/// </summary>
internal static class SafeToBuild
{
    /// <summary>Whether the constants that the object is built from are all in order.</summary>
    public static bool Holds(RecreatedObject found) => found.Kind switch
    {
        ObjectKind.Regex => found.Creation is IObjectCreationOperation creation && IsGoodRegex(creation),
        ObjectKind.Culture => IsGoodCulture(found.Creation),
        ObjectKind.LeakingSerializer or ObjectKind.Serializer => found.Creation is IObjectCreationOperation creation && IsGoodSerializer(creation),
        ObjectKind.CompositeFormat => Constant(Argument(found.Creation, "format")) is string format && IsGoodFormat(format),
        ObjectKind.SearchValues => IsGoodSearch(found.Creation),
        ObjectKind.JsonOptions => found.Creation is IObjectCreationOperation creation && AreGoodSettings(creation),
        ObjectKind.HttpClient => found.Creation is IObjectCreationOperation creation && AreGoodSettings(creation),
        ObjectKind.Collection => IsGoodCollection(found.Creation),
        ObjectKind.CompiledExpression or ObjectKind.Random => true,
        _ => false,
    };

    /// <summary>The pattern of a regular expression, when it is a constant.</summary>
    public static string? Pattern(IOperation creation) => Constant(Argument(creation, "pattern")) as string;

    /// <summary>The options of a regular expression; null when they are no constant.</summary>
    public static RegexOptions? OptionsOf(IOperation creation) => Argument(creation, "options") switch
    {
        null => RegexOptions.None,
        { } options => Constant(options) is int value ? (RegexOptions)value : null,
    };

    /// <summary>The value given for the parameter of that name, or null.</summary>
    public static IOperation? Argument(IOperation creation, string parameter)
    {
        var arguments = creation switch
        {
            IObjectCreationOperation { Arguments: var given } => given,
            IInvocationOperation { Arguments: var given } => given,
            _ => [],
        };

        return arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;
    }

    /// <summary>The constant behind a value: its own, or that of the local or field it comes from.</summary>
    private static object? Constant(IOperation? value) => value switch
    {
        null => null,
        { ConstantValue: { HasValue: true, Value: var constant } } => constant,
        IConversionOperation { Operand: var operand } => Constant(operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left, RightOperand: var right } => Constant(left) is string first && Constant(right) is string second ? first + second : null,
        ILocalReferenceOperation or IFieldReferenceOperation { Field.IsReadOnly: true } when value.Variable() is { } variable => Constant(Origins.Only(variable, value)),
        _ => null,
    };

    private static bool IsGoodRegex(IObjectCreationOperation creation)
    {
        if (Pattern(creation) is not { } pattern || OptionsOf(creation) is not { } options || !IsGoodTimeout(Argument(creation, "matchTimeout")))
            return false;

        try
        {
            _ = new Regex(pattern, options & ~RegexOptions.Compiled);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsGoodTimeout(IOperation? timeout) => timeout switch
    {
        null => true,
        IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", Name: "FromSeconds" or "FromMilliseconds" or "FromMinutes" }, Arguments: [{ Value: var amount }, ..] } =>
            amount.ConstantValue is { HasValue: true, Value: { } value } && Convert.ToDouble(value, CultureInfo.InvariantCulture) is >= 1 and <= 30_000,
        IFieldReferenceOperation { Field: { Name: "InfiniteMatchTimeout" or "InfiniteTimeSpan" } } => true,
        _ => false,
    };

    private static bool IsGoodCulture(IOperation creation)
    {
        try
        {
            switch (Constant(Argument(creation, "name") ?? Argument(creation, "culture")))
            {
                case string name when name.Length > 0:
                    _ = new CultureInfo(name, useUserOverride: false);
                    return true;

                case "":
                    return true;

                case int number:
                    _ = new CultureInfo(number, useUserOverride: false);
                    return true;

                default:
                    return false;
            }
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsGoodFormat(string format)
    {
        const int most = 64;
        try
        {
            _ = string.Format(CultureInfo.InvariantCulture, format, new object?[most]);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsGoodSearch(IOperation creation) =>
        Argument(creation, "comparisonType") is not { } comparison || Constant(comparison) is (int)StringComparison.Ordinal or (int)StringComparison.OrdinalIgnoreCase;

    private static bool IsGoodSerializer(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            switch (argument.Value.Unconverted())
            {
                case ITypeOfOperation { TypeOperand: var type }:
                    if (!IsSerializable(type, []))
                        return false;

                    break;

                case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                    foreach (var element in elements)
                    {
                        if (element.Unconverted() is not ITypeOfOperation { TypeOperand: var extra } || !IsSerializable(extra, []))
                            return false;
                    }

                    break;

                case ICollectionExpressionOperation { Elements: var elements }:
                    foreach (var element in elements)
                    {
                        if (element.Unconverted() is not ITypeOfOperation { TypeOperand: var extra } || !IsSerializable(extra, []))
                            return false;
                    }

                    break;

                case { ConstantValue.HasValue: true }:
                case IObjectCreationOperation { Type.Name: "XmlRootAttribute" }:
                    break;

                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the XML serializer accepts a type, told by rules simpler and stricter than its own.</summary>
    private static bool IsSerializable(ITypeSymbol type, HashSet<ITypeSymbol> open)
    {
        if (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime || type.TypeKind == TypeKind.Enum)
            return IsPublic(type);

        if (type is IArrayTypeSymbol { Rank: 1, ElementType: var element })
            return IsSerializable(element, open);

        if (type is not INamedTypeSymbol named || !IsPublic(type))
            return false;

        if (type.IsFromSystem())
        {
            return named.Name is "Guid" or "TimeSpan" or "DateTimeOffset" or "DateOnly" or "TimeOnly"
                || named is { Name: "List" or "Nullable", TypeArguments: [var argument] } && IsSerializable(argument, open);
        }

        if (!open.Add(type))
            return true;

        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsAbstract || named.IsGenericType || type.AllInterfaces.Any(implemented => implemented.Name is "IEnumerable" or "IDictionary" or "IXmlSerializable")
            || type.TypeKind == TypeKind.Class && !named.InstanceConstructors.Any(constructor => constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public }))
        {
            return false;
        }

        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                // Attributes of the serializer have rules of their own.
                if (member.GetAttributes().Any(attribute => attribute.AttributeClass is { } kind && kind.Name.StartsWith("Xml", StringComparison.Ordinal) && kind.Name is not ("XmlElementAttribute" or "XmlAttributeAttribute" or "XmlIgnoreAttribute")))
                    return false;

                var part = member switch
                {
                    IPropertySymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, Type: var of } => of,
                    IFieldSymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false, Type: var of } => of,
                    _ => null,
                };

                if (part is not null && !IsSerializable(part, open))
                    return false;
            }
        }

        return true;
    }

    private static bool IsPublic(ITypeSymbol type)
    {
        for (ISymbol? current = type; current is ITypeSymbol; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility != Accessibility.Public)
                return false;
        }

        return true;
    }

    /// <summary>Whether constructor arguments and property values of options or of a client are ones that are accepted.</summary>
    private static bool AreGoodSettings(IObjectCreationOperation creation)
    {
        foreach (var part in creation.Descendants())
        {
            switch (part)
            {
                case IObjectCreationOperation { Type.Name: "Uri" } uri:
                    if (Constant(Argument(uri, "uriString")) is not string address || !Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
                        return false;

                    break;

                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property }, Value: var value } when !IsGoodSetting(property, value):
                    return false;
            }
        }

        return true;
    }

    private static bool IsGoodSetting(IPropertySymbol property, IOperation value)
    {
        switch (property.Name)
        {
            case "DefaultIgnoreCondition":
                return Constant(value) is 0 or 2 or 3;

            case "IndentCharacter":
                return Constant(value) is ' ' or '\t';

            case "NewLine":
                return Constant(value) is "\n" or "\r\n";

            case "IndentSize":
                return Constant(value) is >= 0 and <= 127;

            case "Timeout":
                return IsGoodTimeout(value.Unconverted());
        }

        return property.Type switch
        {
            { SpecialType: SpecialType.System_Int32 } => Constant(value) is > 0,
            { SpecialType: SpecialType.System_Int64 } => Constant(value) is int and > 0 or long and > 0,
            _ => true,
        };
    }

    private static bool IsGoodCollection(IOperation collection)
    {
        // A copy of a literal, which may hold anything twice.
        if (collection is ICollectionExpressionOperation or IInvocationOperation { Arguments.Length: 1 })
            return !IsOrderedByCulture(collection.Type, hasComparer: false);

        if (collection is not IObjectCreationOperation creation)
            return false;

        IOperation? comparer = null;
        foreach (var argument in creation.Arguments)
        {
            if (argument.Value.Type?.SpecialType == SpecialType.System_Int32)
            {
                if (Constant(argument.Value) is not >= 0)
                    return false;
            }
            else if (argument.Value.Unconverted() is IPropertyReferenceOperation { Property.ContainingType.Name: "StringComparer" } property)
            {
                comparer = property;
            }
            else if (creation.Initializer is not null || argument.Value.Unconverted() is not (IArrayCreationOperation or ICollectionExpressionOperation))
            {
                return false;
            }
        }

        if (IsOrderedByCulture(creation.Type, comparer is not null))
            return false;

        return creation.Type!.Name is "List" or "HashSet" or "SortedSet" || creation.Initializer is not null && KeysAreDistinct(creation, comparer);
    }

    /// <summary>Strings sorted without a comparer are sorted by the culture of the moment.</summary>
    private static bool IsOrderedByCulture(ITypeSymbol? type, bool hasComparer) =>
        !hasComparer && type is INamedTypeSymbol { Name: "SortedSet" or "SortedDictionary" or "SortedList", TypeArguments: [{ SpecialType: not (>= SpecialType.System_Boolean and <= SpecialType.System_Double) }, ..] };

    /// <summary>Whether no key is null or added twice.</summary>
    private static bool KeysAreDistinct(IObjectCreationOperation creation, IOperation? comparer)
    {
        var ignoresCase = comparer is IPropertyReferenceOperation { Property.Name: "OrdinalIgnoreCase" };
        if (comparer is not (null or IPropertyReferenceOperation { Property.Name: "Ordinal" or "OrdinalIgnoreCase" }))
            return false;

        var keys = new HashSet<object>(ignoresCase ? new IgnoringCase() : EqualityComparer<object>.Default);
        foreach (var element in creation.Initializer!.Initializers)
        {
            var (key, isAdded) = element switch
            {
                IInvocationOperation { Arguments: [{ Value: var added }, ..] } => (added, true),
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [{ Value: var index }] } } => (index, false),
                _ => (null, true),
            };

            if (key?.Unconverted() is ITypeOfOperation { TypeOperand: var type })
            {
                if (!keys.Add(type.ToDisplayString()) && isAdded)
                    return false;
            }
            else if (Constant(key) is not { } constant || !keys.Add(constant) && isAdded)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class IgnoringCase : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? x, object? y) => x is string first && y is string second ? string.Equals(first, second, StringComparison.OrdinalIgnoreCase) : Equals(x, y);

        int IEqualityComparer<object>.GetHashCode(object value) => value is string text ? StringComparer.OrdinalIgnoreCase.GetHashCode(text) : value.GetHashCode();
    }
}
