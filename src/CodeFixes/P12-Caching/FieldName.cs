namespace HotPath;

/// <summary>The name of a field for an object that had none, or only one good enough for a few lines.</summary>
internal static class FieldName
{
    /// <summary>A name in the style of the type's other static fields, that nothing in the type uses.</summary>
    public static string For(RecreatedObject found, TypeDeclarationSyntax holder, SemanticModel model, CancellationToken cancellationToken)
    {
        var type = model.GetDeclaredSymbol(holder, cancellationToken)!;
        return Names.FreshMember(InStyleOf(type, Pascal(found)), type, model, holder.OpenBraceToken.Span.End);
    }

    /// <summary>What the object is called: after the local that holds it, what it is used on, or the member around it.</summary>
    public static string Pascal(RecreatedObject found)
    {
        var suffix = Suffix(found.Kind);

        if (found.Uses.Local is { Name: var local } && Capitalised(local) is { Length: > 2 } named && !IsTypeName(found, named) && !IsBare(named))
            return named;

        if (found.Kind == ObjectKind.Culture && SafeToBuild.Argument(found.Creation, "name")?.ConstantValue is { HasValue: true, Value: string { Length: > 0 } culture })
            return Capitalised(culture) + suffix;

        if (found.Kind is ObjectKind.LeakingSerializer or ObjectKind.Serializer && SafeToBuild.Argument(found.Creation, "type") is ITypeOfOperation { TypeOperand: INamedTypeSymbol { Name: var serialized } })
            return serialized + suffix;

        if (found.Kind == ObjectKind.JsonOptions)
            return "SerializerOptions";

        if (found.Kind == ObjectKind.HttpClient)
            return "Client";

        var member = found.Creation.SemanticModel?.GetEnclosingSymbol(found.Creation.Syntax.SpanStart);
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
            member = member.ContainingSymbol;

        var name = member switch
        {
            IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method => Capitalised(method.Name),
            IMethodSymbol { AssociatedSymbol: { } property } => Capitalised(property.Name),
            _ => "",
        };

        foreach (var prefix in (string[])["Is", "Has", "Get", "Try", "Can"])
        {
            if (name.Length > prefix.Length + 2 && name.StartsWith(prefix, StringComparison.Ordinal) && char.IsUpper(name[prefix.Length]))
                name = name.Substring(prefix.Length);
        }

        if (name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 7)
            name = name.Substring(0, name.Length - 5);

        return name.Length > 2 ? name + suffix : "Shared" + suffix;
    }

    private static string InStyleOf(INamedTypeSymbol type, string name)
    {
        string? prefix = null;
        foreach (var member in type.GetMembers())
        {
            if (member is not IFieldSymbol { IsStatic: true, IsConst: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Private } field)
                continue;

            var own = field.Name.StartsWith("s_", StringComparison.Ordinal) ? "s_" : field.Name.StartsWith("_", StringComparison.Ordinal) ? "_" : char.IsLower(field.Name[0]) ? "lower" : "";
            if (prefix is not null && prefix != own)
                return name;

            prefix = own;
        }

        var camel = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return prefix switch
        {
            "s_" or "_" => prefix + camel,
            "lower" when SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None => camel,
            _ => name,
        };
    }

    private static string Suffix(ObjectKind kind) => kind switch
    {
        ObjectKind.Regex => "Regex",
        ObjectKind.Culture => "Culture",
        ObjectKind.Serializer or ObjectKind.LeakingSerializer => "Serializer",
        ObjectKind.CompiledExpression => "Delegate",
        ObjectKind.CompositeFormat => "Format",
        ObjectKind.Random => "Random",
        _ => "Values",
    };

    /// <summary>A field called like its type reads badly and makes static members of the type ambiguous to the reader.</summary>
    private static bool IsTypeName(RecreatedObject found, string name) => found.Creation.Type is { Name: var type } && string.Equals(type, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Names that say no more than the type does, where a field has more neighbours than a local.</summary>
    private static bool IsBare(string name) => name is "Regex" or "Culture" or "Serializer" or "Options" or "Client" or "Values" or "Format" or "List" or "Set" or "Map" or "Dict" or "Dictionary" or "Func" or "Compiled" or "Result" or "Pattern" or "Rgx";

    private static string Capitalised(string text)
    {
        var name = new System.Text.StringBuilder();
        var upper = true;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) || name.Length == 0 && char.IsDigit(c))
            {
                upper = true;
                continue;
            }

            name.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return name.ToString();
    }
}
