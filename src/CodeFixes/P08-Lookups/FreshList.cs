namespace HotPath;

/// <summary>A new, empty list that a loop fills and nobody sees before the loop is over: what the loop does to its order can wait until then.</summary>
internal static class FreshList
{
    /// <summary>The loop beside the declaration of the list in which <paramref name="call"/> stands and whose other uses of the list are all allowed; null where anybody may see the list earlier.</summary>
    public static StatementSyntax? Loop(IInvocationOperation call, ILocalSymbol local, Site site, Func<Use, bool> isAllowed)
    {
        if (local.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration } })
            return null;

        if (!local.Type.Is("System.Collections.Generic", "List") || site.Model.GetOperation(initial)?.Unconverted() is not { } made || !IsEmpty(made))
            return null;

        // Of several loops around, the one that stands beside the declaration.
        StatementSyntax? loop = null;
        for (SyntaxNode? node = call.Syntax; node is not null && node != declaration.Parent; node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return null;

            if (node is StatementSyntax { Parent: var parent } statement && parent == declaration.Parent)
                loop = statement;
        }

        if (loop is not (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax) || declaration.Parent is not BlockSyntax block || call.Syntax.Parent is not ExpressionStatementSyntax || loop.ContainsDirectives)
            return null;

        var function = call.Function();
        foreach (var use in Aliasing.Uses(local, call.Root()))
        {
            // Another value, a lambda that may look at any time, or a use between the declaration and the loop.
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference || !ReferenceEquals(use.Reference.Function(), function) || use.Reference.Syntax.SpanStart < loop.SpanStart)
                return null;

            if (loop.Span.Contains(use.Reference.Syntax.Span) && !isAllowed(use))
                return null;
        }

        // A jump may pass what is put behind the loop, or come back before it.
        return block.DescendantNodes().Any(static node => node is GotoStatementSyntax or LabeledStatementSyntax) ? null : loop;
    }

    private static bool IsEmpty(IOperation made) => made switch
    {
        IObjectCreationOperation { Initializer: null or { Initializers.Length: 0 }, Arguments: var arguments } => arguments.All(static argument => argument.Value.Type?.SpecialType == SpecialType.System_Int32),
        ICollectionExpressionOperation { Elements.Length: 0 } => true,
        _ => false,
    };
}
