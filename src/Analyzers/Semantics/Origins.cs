namespace HotPath;

/// <summary>Where the value of a variable comes from.</summary>
internal static class Origins
{
    /// <summary>The one value a local, or a readonly or private field, ever gets, its initialiser or its single assignment; null when there are more or none.</summary>
    public static IOperation? Only(ISymbol variable, IOperation near)
    {
        switch (variable)
        {
            case ILocalSymbol:
                return References.OnlyValue(variable, near, local => OnlyOf(local, [near.Root()], null));

            case IFieldSymbol field when (field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private) && near.SemanticModel is { Compilation: var compilation }:
                var bodies = Bodies.Of(compilation);
                return bodies.OnlyValue(field, field => OnlyOf(field, bodies.Naming(field), bodies.Of(field).FirstOrDefault()));

            default:
                return null;
        }
    }

    /// <summary>Whether the value is a new object that nothing else refers to: a creation, a literal, or a copy by a LINQ or list operator.</summary>
    public static bool IsFresh(IOperation value) => value.Unconverted() switch
    {
        IObjectCreationOperation { Type: { } type } => type.IsFromSystem(),
        IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation or IAnonymousObjectCreationOperation => true,
        IInvocationOperation { TargetMethod: var method } => method.ContainingType.Name switch
        {
            "Enumerable" => method.Name is "ToList" or "ToArray" or "ToHashSet" or "ToDictionary" or "ToLookup",
            "List" or "Array" => method.Name is "GetRange" or "FindAll" or "ConvertAll" or "ToArray",
            "String" => method.Name is "Split" or "ToCharArray",
            "File" => method.Name is "ReadAllLines" or "ReadAllBytes",
            "Directory" => method.Name is "GetFiles" or "GetDirectories" or "GetFileSystemEntries",
            _ => false,
        } && method.ContainingType.IsFromSystem(),
        IAwaitOperation { Operation: IInvocationOperation { TargetMethod: { Name: "ReadAllLinesAsync" or "ReadAllBytesAsync", ContainingType: { Name: "File" } type } } } => type.IsFromSystem(),
        _ => false,
    };

    private static IOperation? OnlyOf(ISymbol variable, IEnumerable<IOperation> bodies, IOperation? initial)
    {
        var only = initial;
        foreach (var body in bodies)
        {
            if (variable is ILocalSymbol && References.Declarator(variable, body)?.GetVariableInitializer()?.Value is { } declared)
                only = declared;

            foreach (var use in Aliasing.Uses(variable, body))
            {
                if (use.Kind is not (UseKind.Assigned or UseKind.PassedByReference))
                    continue;

                if (only is not null || use.Context is not ISimpleAssignmentOperation { IsRef: false, Value: var value })
                    return null;

                only = value;
            }
        }

        return only;
    }
}
