namespace HotPath;

/// <summary>What makes a string that is only appended.</summary>
internal enum TemporaryKind
{
    /// <summary>A concatenation.</summary>
    Concatenation,

    /// <summary><c>string.Format</c>.</summary>
    Format,

    /// <summary>A part of another text.</summary>
    Part,

    /// <summary><c>ToString</c> of a value that the builder writes itself.</summary>
    Text,

    /// <summary><c>ToString</c> with a format, or of a value that an interpolated string writes without a string in between.</summary>
    FormattedText,
}

/// <summary>A string that is made in each iteration of a loop to be appended to a <c>StringBuilder</c>. The one recognition behind the rule and its fix.</summary>
internal sealed class AppendedTemporary
{
    private AppendedTemporary(TemporaryKind kind, IInvocationOperation call, IOperation value, Loop loop)
    {
        Kind = kind;
        Call = call;
        Value = value;
        Loop = loop;
    }

    /// <summary>What makes the string.</summary>
    public TemporaryKind Kind { get; }

    /// <summary>The call of <c>Append</c> or <c>AppendLine</c>.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The string.</summary>
    public IOperation Value { get; }

    /// <summary>The loop that makes it again and again.</summary>
    public Loop Loop { get; }

    /// <summary>The builder at the beginning of the chain of calls.</summary>
    public IOperation Builder
    {
        get
        {
            IOperation builder = Call;
            while (builder is IInvocationOperation { Instance: { } instance, TargetMethod.ContainingType: var type } && IsBuilder(type))
                builder = Operations.Resolved(instance).Unconverted();

            return builder;
        }
    }

    /// <summary>The string that the call appends and nobody else sees, or null.</summary>
    public static AppendedTemporary? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (call.TargetMethod is not { Name: "Append" or "AppendLine", Parameters: [{ Type.SpecialType: SpecialType.System_String }] } || !IsBuilder(call.TargetMethod.ContainingType) || call.ArgumentOf(0) is not { } argument || !Loops.MayRepeat(call))
            return null;

        var value = Growth.Implicit(argument);
        if (value.ConstantValue.HasValue || KindOf(value) is not { } kind || Loops.Enclosing(call, options) is not { } loop || !call.Binds())
            return null;

        return new(kind, call, value, loop);
    }

    private static TemporaryKind? KindOf(IOperation value)
    {
        if (Growth.IsConcatenation(value))
            return TemporaryKind.Concatenation;

        if (CopiedRead.IsPart(value))
            return TemporaryKind.Part;

        if (value is not IInvocationOperation { TargetMethod: var method } call)
            return null;

        if (method.ContainingType.SpecialType == SpecialType.System_String && method is { IsStatic: true, Name: "Format" })
            return TemporaryKind.Format;

        if (method.Name != "ToString" || call.Instance?.Type is not { } type)
            return null;

        return method.Parameters.Length switch
        {
            0 => IsWritten(type) ? TemporaryKind.Text : null,
            _ => IsFormattable(type) && method.Parameters.All(static parameter => parameter.Type is { SpecialType: SpecialType.System_String } or { Name: "IFormatProvider" }) ? TemporaryKind.FormattedText : null,
        };
    }

    /// <summary>Values that Append writes into the builder without a string of their own.</summary>
    private static bool IsWritten(ITypeSymbol type) =>
        type.TypeKind != TypeKind.Enum && (type.SpecialType is SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) || type.Is("System.Text", "StringBuilder")
            || type.Is("System", "ReadOnlySpan") && type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Char }] });

    private static bool IsFormattable(ITypeSymbol type) =>
        type.TypeKind != TypeKind.Enum && (type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double or SpecialType.System_DateTime
            || type is { Name: "DateTimeOffset" or "TimeSpan" or "Guid" or "DateOnly" or "TimeOnly" } && type.IsFromSystem());

    /// <summary>Whether the type is the builder.</summary>
    public static bool IsBuilder(ITypeSymbol? type) => type.Is("System.Text", "StringBuilder");
}
