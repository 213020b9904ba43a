using System.Globalization;

namespace HotPath;

/// <summary>The ways to build an object once: in a static field, before a loop, on first use in a loop.</summary>
internal sealed class BuiltOnce(Site site, RecreatedObject found)
{
    private readonly ExpressionSyntax expression = (ExpressionSyntax)found.Creation.Syntax;

    /// <summary>A static readonly field of the type around, with the same expression; null where the type can have none.</summary>
    public Fix? InStaticField(string? changes = null)
    {
        if (Fields.Holder(expression) is not { } holder || !found.IsSameForAllCalls || !CanMove() || !AreInitialisedBefore(holder) || !CanReplaceUses() || !InitialisersAreQuiet(holder))
            return null;

        var type = TypeText();
        var initializer = Inlined(expression);
        var reused = Existing(holder, initializer);
        var name = reused ?? FieldName.For(found, holder, site.Model, site.CancellationToken);
        var title = reused is null ? $"Build it once, in the static field '{name}'" : $"Use the static field '{name}'";

        return new Fix(changes is null ? title : $"{title} ({changes})", editor =>
        {
            var comments = ReplaceUses(editor, SyntaxFactory.IdentifierName(name));
            comments = [.. comments, .. RemoveInlined(editor)];

            if (reused is null)
                Fields.AddStaticReadOnly(editor, holder, type, name, Moved(initializer, holder.Members[0]), comments);
        }, changes);
    }

    /// <summary>A partial method whose code the compiler generates for the pattern.</summary>
    public Fix? Generated(string? changes)
    {
        if (found.Kind != ObjectKind.Regex || Fields.Holder(expression) is not { } holder || !found.IsSameForAllCalls || !CanMove() || !CanReplaceUses()
            || site.Types["System.Text.RegularExpressions.GeneratedRegexAttribute"] is null
            || ((CSharpParseOptions)expression.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp11
            || holder.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Any(part => part.TypeParameterList is not null)
            || Inlined(expression) is not BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 1 or 2 } arguments, Initializer: null }
            || found.Creation is not IObjectCreationOperation creation || !creation.Arguments.All(argument => argument.Value.ConstantValue.HasValue))
        {
            return null;
        }

        var name = FieldName.For(found, holder, site.Model, site.CancellationToken).TrimStart('_');
        name = char.ToUpperInvariant(name[0]) + name.Substring(1);
        var title = $"Let the compiler generate it, in the partial method '{name}'";

        return new Fix(changes is null ? title : $"{title} ({changes})", editor =>
        {
            var call = SyntaxFactory.InvocationExpression(SyntaxFactory.IdentifierName(name));
            ReplaceUses(editor, call);
            RemoveInlined(editor);

            var type = TypeText();
            var attribute = type.Substring(0, type.LastIndexOf('.') + 1) + "GeneratedRegex";
            var method = SyntaxFactory.ParseMemberDeclaration($"[{attribute}{arguments.WithoutTrivia()}]\nprivate static partial {type} {name}();")!
                .WithLeadingTrivia(SyntaxFactory.LineFeed).WithTrailingTrivia(SyntaxFactory.LineFeed).WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
            if (holder.Members.LastOrDefault() is { } last)
                editor.InsertAfter(last, method);
            else
                editor.AddMember(holder, method);

            foreach (var part in holder.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(part => !part.Modifiers.Any(SyntaxKind.PartialKeyword)))
                editor.SetModifiers(part, editor.Generator.GetModifiers(part).WithPartial(true));
        }, changes);
    }

    /// <summary>A local before the outermost loop, built even if the loop never runs: only for what cannot throw.</summary>
    public Fix? BeforeLoop(string? changes = null)
    {
        if (Outermost(static loop => !IsStatic(loop.Lambda)) is not { } loop || !CanMove() || !Statements.CanInsertBefore(loop.Syntax) || AreRacing() || found.Uses.Disposals.Count > 0)
            return null;

        return InLocal(loop.Syntax, loop.Span, "before the loop", changes);
    }

    /// <summary>A local before all top-level statements, for lambdas and local functions among them.</summary>
    public Fix? InTopLevelLocal(string? changes = null)
    {
        if (found.Loops.Count > 0)
            return BeforeLoop(changes);

        if (expression.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not GlobalStatementSyntax global || !CanMove() || found.Uses.IsUsing || found.Uses.Disposals.Count > 0
            || expression.Ancestors().Any(node => node is LocalFunctionStatementSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword)
                || node is AnonymousFunctionExpressionSyntax { Modifiers: var own } && own.Any(SyntaxKind.StaticKeyword)))
        {
            return null;
        }

        // A local function may be called above its declaration.
        var at = global.Statement is LocalFunctionStatementSyntax ? ((CompilationUnitSyntax)global.Parent!).Members.OfType<GlobalStatementSyntax>().First() : global;
        return InLocal(at.Statement, default, "before it is used", changes);
    }

    /// <summary>
    /// A local before the loop that is set where it is first used: the exact form where building may throw or the loop may not run, because
    /// nothing is evaluated earlier than before.
    /// </summary>
    public Fix? OnFirstUse()
    {
        if (expression.ContainsDirectives || AreRacing() || found.Uses.IsUsing
            || Outermost(loop => !loop.IsDeferred && !IsStatic(loop.Lambda) && IsProven(loop)) is not { } loop || !Statements.CanInsertBefore(loop.Syntax))
        {
            return null;
        }

        var declaration = Declaration();
        if (declaration is not null && found.Uses.References.Any(reference => reference.Function() is ILocalFunctionOperation && !ReferenceEquals(reference.Function(), found.Creation.Function())))
            return null;

        var kept = declaration is not null ? found.Uses.Local!.Name : null;
        var name = kept is not null && IsOnlyHere(kept) ? kept : Names.FreshLocal(kept ?? LocalName(), expression);
        var hasAssignment = ((CSharpParseOptions)expression.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8;
        var annotated = site.Model.GetNullableContext(expression.SpanStart).AnnotationsEnabled() ? "?" : "";
        var empty = Statements.Parse($"{TypeText()}{annotated} {name} = null;");

        return new Fix("Build it once, when the loop first needs it", editor =>
        {
            if (declaration is not null)
            {
                foreach (var reference in found.Uses.References)
                    editor.ReplaceNode(reference.Syntax, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));

                editor.ReplaceNode(declaration, (current, _) =>
                {
                    var value = ((LocalDeclarationStatementSyntax)current).Declaration.Variables[0].Initializer!.Value;
                    return Statements.Parse(hasAssignment ? $"{name} ??= {value};" : $"{name} = {name} ?? {value};").WithTriviaFrom(current);
                });
            }
            else
            {
                editor.ReplaceNode(expression, (current, _) =>
                {
                    var value = current.WithoutTrivia();
                    return SyntaxFactory.ParseExpression(hasAssignment ? $"({name} ??= {value})" : $"({name} ?? ({name} = {value}))").WithTriviaFrom(current).WithAdditionalAnnotations(Simplifier.Annotation);
                });
            }

            InsertAbove(editor, loop.Syntax, empty);
        });
    }

    /// <summary>The object is asked for by another expression, which needs no declaration: <c>Random.Shared</c>.</summary>
    public Fix? By(string title, string replacement, string? changes = null) =>
        CanReplaceUses() && found.Uses.Disposals.Count == 0
            ? new Fix(title, editor => ReplaceUses(editor, SyntaxFactory.ParseExpression(replacement)), changes)
            : null;

    /// <summary>The type hashes without an object.</summary>
    public Fix? HashData()
    {
        if (found.Creation.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var type } })
            return null;

        var places = new List<MemberAccessExpressionSyntax>();
        IEnumerable<SyntaxNode> objects = found.Uses.Local is null ? [expression] : found.Uses.References.Select(reference => reference.Syntax);
        foreach (var hash in objects)
        {
            if (hash.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ComputeHash", Parent: InvocationExpressionSyntax } access)
                return null;

            places.Add(access);
        }

        if (found.Uses.Local is not null && Holding() is null)
            return null;

        var text = $"{type.WithoutTrivia()}.HashData";
        return new Fix($"Call '{text}'", editor =>
        {
            foreach (var place in places)
                editor.ReplaceNode(place, (current, _) => SyntaxFactory.ParseExpression(text).WithTriviaFrom(current));

            if (found.Uses.Local is not null)
                RemoveHolder(editor);
        });
    }

    private Fix? InLocal(SyntaxNode before, Microsoft.CodeAnalysis.Text.TextSpan moved, string where, string? changes)
    {
        var declaration = Declaration();
        if (found.Uses.IsUsing && (declaration is null || declaration.UsingKeyword.IsKind(SyntaxKind.None)))
            return null;

        if (found.Uses.Local is not null && declaration is null && found.Uses.IsUsing)
            return null;

        // What the expression names must be in scope where it goes.
        var initializer = Inlined(expression, local => moved.IsEmpty || local.DeclaringSyntaxReferences is [var reference, ..] && moved.Contains(reference.Span));

        var kept = declaration is not null ? found.Uses.Local!.Name : null;
        var name = kept is not null && IsOnlyHere(kept) ? kept : Names.FreshLocal(kept ?? LocalName(), expression);
        var type = declaration is not null ? declaration.Declaration.Type.WithoutTrivia().ToString() : expression is ObjectCreationExpressionSyntax or InvocationExpressionSyntax ? "var" : TypeText();
        var usingKeyword = declaration is not null && !declaration.UsingKeyword.IsKind(SyntaxKind.None) ? "using " : "";

        var title = $"Build it once, {where}";
        return new Fix(changes is null ? title : $"{title} ({changes})", editor =>
        {
            IReadOnlyList<string> comments = [];
            if (declaration is not null)
            {
                comments = Comments(declaration);
                foreach (var reference in found.Uses.References)
                    editor.ReplaceNode(reference.Syntax, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));

                Remove(editor, declaration);
            }
            else
            {
                editor.ReplaceNode(expression, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
            }

            comments = [.. comments, .. RemoveInlined(editor, moved.IsEmpty ? null : moved)];
            var lines = string.Concat(comments.Select(comment => comment + "\n"));
            InsertAbove(editor, before, Statements.Parse($"{lines}{usingKeyword}{type} {name} = {Moved(initializer, before).WithoutTrivia()};"));
        }, changes);
    }

    // ---- What the object is made of ----

    private bool CanMove() => !expression.ContainsDirectives;

    /// <summary>Fields of the same type that the expression names have to be set before the new one: they stand in front of where it goes.</summary>
    private bool AreInitialisedBefore(TypeDeclarationSyntax holder)
    {
        foreach (var field in found.Constancy!.Fields)
        {
            if (field.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Initializer: not null } declarator)
                return false;

            if (SymbolEqualityComparer.Default.Equals(field.ContainingType, site.Model.GetDeclaredSymbol(holder, site.CancellationToken))
                && !holder.Members.TakeWhile(member => member is FieldDeclarationSyntax).Any(member => member.Contains(declarator)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The first use of a static field runs all static initialisers of a type without static constructor: where one of them
    /// does something that can be seen, it would now be seen at another time.
    /// </summary>
    private bool InitialisersAreQuiet(TypeDeclarationSyntax holder)
    {
        var type = site.Model.GetDeclaredSymbol(holder, site.CancellationToken)!;
        if (type.StaticConstructors.Any(constructor => !constructor.IsImplicitlyDeclared))
            return true;

        var bodies = Bodies.Of(site.Model.Compilation);
        foreach (var member in type.GetMembers())
        {
            if (member is not (IFieldSymbol { IsStatic: true, IsConst: false } or IPropertySymbol { IsStatic: true }))
                continue;

            foreach (var body in bodies.Of(member))
            {
                // The body of a getter is no initialiser.
                if (member is IPropertySymbol && body.Syntax is ArrowExpressionClauseSyntax or AccessorDeclarationSyntax)
                    continue;

                foreach (var part in body.DescendantsAndSelf())
                {
                    var callee = part switch
                    {
                        IInvocationOperation { TargetMethod: var method } => method,
                        IObjectCreationOperation { Constructor: var constructor } => constructor,
                        _ => null,
                    };

                    // A lambda is only made here, not run.
                    if (callee is null || part.Function().Parent is not null)
                        continue;

                    if (callee.ContainingType.Name == "Console"
                        || callee.Locations is [{ IsInSource: true }, ..] && !callee.IsImplicitlyDeclared && !Effects.Of(callee, site.Model.Compilation).AreReadOnly)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>The type of the field or local: as the user wrote it, else as the compiler knows it.</summary>
    private string TypeText()
    {
        if (Declaration()?.Declaration.Type is { IsVar: false } written)
            return Bare(written);

        if (expression is ObjectCreationExpressionSyntax creation)
            return Bare(creation.Type);

        return found.Creation.Type!.ToMinimalDisplayString(site.Model, expression.SpanStart, SymbolDisplayFormat.MinimallyQualifiedFormat.WithMiscellaneousOptions(
            SymbolDisplayFormat.MinimallyQualifiedFormat.MiscellaneousOptions | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)).TrimEnd('?');

        static string Bare(TypeSyntax type) => (type is NullableTypeSyntax nullable ? nullable.ElementType : type).WithoutTrivia().ToString();
    }

    private string LocalName()
    {
        var name = FieldName.Pascal(found);
        return found.Kind switch
        {
            ObjectKind.Regex => "regex",
            ObjectKind.Culture => "culture",
            ObjectKind.Random => "random",
            ObjectKind.Serializer or ObjectKind.LeakingSerializer => "serializer",
            ObjectKind.HttpClient => "client",
            ObjectKind.JsonOptions => "options",
            ObjectKind.CompiledExpression => "compiled",
            _ => char.ToLower(name[0], CultureInfo.InvariantCulture) + name.Substring(1),
        };
    }

    /// <summary>The expression with the constants of locals in place of their names, because a field does not see them.</summary>
    private ExpressionSyntax Inlined(ExpressionSyntax syntax, Func<ILocalSymbol, bool>? which = null)
    {
        if (found.Constancy is not { Locals.Count: > 0 } constancy)
            return syntax;

        var names = syntax.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol local && constancy.Locals.Contains(local, SymbolEqualityComparer.Default) && which?.Invoke(local) != false);

        return syntax.ReplaceNodes(names, (name, _) =>
        {
            var local = (ILocalSymbol)site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol!;
            var value = Inlined(Value(local), which).WithoutTrivia();
            var inlined = value switch
            {
                LambdaExpressionSyntax => SyntaxFactory.ParseExpression($"(({local.Type.ToMinimalDisplayString(site.Model, expression.SpanStart)})({value}))"),
                LiteralExpressionSyntax or TypeOfExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax => value,
                _ when name.Parent is ArgumentSyntax or EqualsValueClauseSyntax => value,
                _ => SyntaxFactory.ParenthesizedExpression(value),
            };

            return inlined.WithTriviaFrom(name);
        });
    }

    /// <summary>The expression with its further lines as far to the left of where they were as the place it goes to.</summary>
    private ExpressionSyntax Moved(ExpressionSyntax moved, SyntaxNode to)
    {
        var by = Indentation(expression) - Indentation(to);
        return moved.ReplaceTokens(moved.DescendantTokens().Where(IsFirstOnLine), (token, _) =>
        {
            var shifted = new List<SyntaxTrivia>();
            foreach (var trivia in token.LeadingTrivia)
                shifted.Add(trivia.IsKind(SyntaxKind.WhitespaceTrivia) && (shifted.Count == 0 || shifted[shifted.Count - 1].IsKind(SyntaxKind.EndOfLineTrivia)) ? Shifted(trivia.ToString()) : trivia);

            return token.WithLeadingTrivia(shifted);
        });

        SyntaxTrivia Shifted(string space) => SyntaxFactory.Whitespace(by >= 0 ? space.Substring(Math.Min(by, space.Length)) : new string(' ', -by) + space);

        bool IsFirstOnLine(SyntaxToken token) => token != moved.GetFirstToken() && token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

        int Indentation(SyntaxNode node)
        {
            var text = node.SyntaxTree.GetText(site.CancellationToken);
            var line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
            return line.Length - line.TrimStart().Length;
        }
    }

    private ExpressionSyntax Value(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? value
            : SyntaxFactory.ParseExpression(local.Name);

    /// <summary>A private static readonly field of the type that holds the very same expression already, and that nothing changes.</summary>
    private string? Existing(TypeDeclarationSyntax holder, ExpressionSyntax initializer)
    {
        if (initializer is not ObjectCreationExpressionSyntax creation)
            return null;

        foreach (var member in holder.Members)
        {
            if (member is not FieldDeclarationSyntax { Declaration: { Variables: [{ Initializer.Value: var value } variable] } declaration } field
                || !field.Modifiers.Any(SyntaxKind.StaticKeyword) || !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
                || !SyntaxFactory.AreEquivalent(value, initializer) || !SyntaxFactory.AreEquivalent(creation.Type, declaration.Type)
                || site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private } symbol)
            {
                continue;
            }

            if (Bodies.Of(site.Model.Compilation).OfType(symbol.ContainingType).SelectMany(body => body.DescendantsAndSelf()).All(part => !Aliasing.Refers(part, symbol) || ObjectUses.IsRead(part, found.Kind)))
                return variable.Identifier.Text;
        }

        return null;
    }

    // ---- Where it is used ----

    /// <summary>The declaration that gives the object its name and does nothing else.</summary>
    private LocalDeclarationStatementSyntax? Declaration() =>
        found.Uses is { Local: { DeclaringSyntaxReferences: [var reference] }, IsOnlyValue: true }
        && reference.GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement } }
        && !statement.ContainsDirectives && !statement.GetLeadingTrivia().Any(trivia => trivia.IsDirective)
            ? statement
            : null;

    /// <summary>The statement that holds the object: its declaration, or a <c>using</c> statement of it alone.</summary>
    private StatementSyntax? Holding()
    {
        if (Declaration() is { } declaration)
            return declaration;

        return found.Uses is { Local: { DeclaringSyntaxReferences: [var reference] }, IsOnlyValue: true, IsUsing: true }
            && reference.GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: UsingStatementSyntax @using } }
            && @using.Parent is BlockSyntax or UsingStatementSyntax or SwitchSectionSyntax
            && !@using.GetFirstToken().LeadingTrivia.Any(trivia => trivia.IsDirective) && !@using.CloseParenToken.TrailingTrivia.Any(trivia => trivia.IsDirective) && !@using.Statement.GetLeadingTrivia().Any(trivia => trivia.IsDirective)
                ? @using
                : null;
    }

    private bool CanReplaceUses()
    {
        // An object that is disposed of at the end must not be shared by a name that still disposes of it.
        if (found.Uses.IsUsing || found.Uses.Disposals.Count > 0)
            return Holding() is { } holding && found.Uses.Disposals.All(disposal => disposal.Syntax.Parent is ExpressionStatementSyntax { Parent: BlockSyntax block } && block == holding.Parent);

        return true;
    }

    /// <summary>Puts <paramref name="replacement"/> in place of the object or of every use of the local that holds it, and gives back the comments of what is gone.</summary>
    private IReadOnlyList<string> ReplaceUses(DocumentEditor editor, ExpressionSyntax replacement)
    {
        if (Holding() is not { } holding)
        {
            editor.ReplaceNode(expression, (current, _) => replacement.WithTriviaFrom(current));
            return [];
        }

        foreach (var reference in found.Uses.References)
            editor.ReplaceNode(reference.Syntax, (current, _) => replacement.WithTriviaFrom(current));

        var comments = holding is LocalDeclarationStatementSyntax ? Comments(holding) : [];
        RemoveHolder(editor);
        return comments;
    }

    private void RemoveHolder(DocumentEditor editor)
    {
        foreach (var disposal in found.Uses.Disposals)
            Remove(editor, (StatementSyntax)disposal.Syntax.Parent!);

        switch (Holding())
        {
            case UsingStatementSyntax @using:
                Unwrap(editor, @using);
                break;

            case { } declaration:
                Remove(editor, declaration);
                break;
        }
    }

    /// <summary>Leaves what a <c>using</c> statement holds, without its braces where its names meet no others.</summary>
    private static void Unwrap(DocumentEditor editor, UsingStatementSyntax @using)
    {
        if (@using is { Parent: BlockSyntax parent, Statement: BlockSyntax body } && !Clashes(body, parent))
        {
            editor.TrackNode(@using);
            editor.ReplaceNode(parent, (current, _) =>
            {
                var block = (BlockSyntax)current;
                var tracked = block.GetCurrentNode(@using)!;
                var inner = ((BlockSyntax)tracked.Statement).Statements;
                if (inner.Count == 0)
                    return block.WithStatements(block.Statements.Remove(tracked));

                var comments = tracked.GetLeadingTrivia();
                inner = inner.Replace(inner[0], inner[0].WithLeadingTrivia(comments.AddRange(inner[0].GetLeadingTrivia().Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)))));
                return block.WithStatements(block.Statements.ReplaceRange(tracked, inner.Select(statement => statement.WithAdditionalAnnotations(Formatter.Annotation))));
            });

            return;
        }

        editor.ReplaceNode(@using, (current, _) => ((UsingStatementSyntax)current).Statement.WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool Clashes(BlockSyntax inner, BlockSyntax outer)
    {
        var declared = new HashSet<string>(inner.DescendantNodes().Select(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            LabeledStatementSyntax => "",
            _ => null,
        }).Where(name => name is not null)!);

        if (declared.Count == 0)
            return false;

        var member = outer.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)outer;
        return declared.Contains("") || member.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && !inner.Span.Contains(token.Span) && declared.Contains(token.ValueText));
    }

    /// <summary>Removes the constants that only the expression named; what stays would be unused.</summary>
    private IReadOnlyList<string> RemoveInlined(DocumentEditor editor, Microsoft.CodeAnalysis.Text.TextSpan? within = null)
    {
        if (found.Constancy is not { Locals.Count: > 0 } constancy)
            return [];

        var comments = new List<string>();
        var root = found.Creation.Root();
        var gone = new List<Microsoft.CodeAnalysis.Text.TextSpan> { expression.Span };

        // A constant may be made of others: the last of them goes first.
        foreach (var local in constancy.Locals.OrderByDescending(local => local.DeclaringSyntaxReferences[0].Span.Start))
        {
            if (local.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax statement } declaration } declarator
                || within is { } span && !span.Contains(declarator.Span)
                || root.Descendants().Any(part => part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && !gone.Any(place => place.Contains(part.Syntax.Span))))
            {
                continue;
            }

            gone.Add(declarator.Span);
            if (declaration.Variables.Count > 1)
            {
                editor.RemoveNode(declarator);
            }
            else if (!statement.GetLeadingTrivia().Any(trivia => trivia.IsDirective) && statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
            {
                comments.InsertRange(0, Comments(statement));
                Remove(editor, statement);
            }
        }

        return comments;
    }

    private static IReadOnlyList<string> Comments(StatementSyntax statement) =>
        [.. statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia())
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            .Select(trivia => trivia.ToString())];

    /// <summary>Removes a statement and the blank line that would be left at the start of its block.</summary>
    private static void Remove(DocumentEditor editor, StatementSyntax statement)
    {
        if (statement.Parent is GlobalStatementSyntax global)
        {
            editor.RemoveNode(global, SyntaxRemoveOptions.KeepNoTrivia);
            return;
        }

        if (statement.Parent is BlockSyntax { Statements: [var first, var next, ..] } && first == statement && next.GetLeadingTrivia() is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..])
            editor.ReplaceNode(next, (current, _) => current.WithLeadingTrivia(current.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));

        editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
    }

    /// <summary>Puts a statement right above another: a blank line above that one is now above both.</summary>
    private static void InsertAbove(DocumentEditor editor, SyntaxNode at, StatementSyntax added)
    {
        if (at.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } anchor)
        {
            var blank = SyntaxFactory.TriviaList(anchor.GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            if (blank.Count > 0)
                editor.ReplaceNode(anchor, (current, _) => current.WithLeadingTrivia(current.GetLeadingTrivia().Skip(blank.Count)));

            added = added.WithLeadingTrivia(blank.AddRange(added.GetLeadingTrivia())).WithTrailingTrivia(SyntaxFactory.LineFeed);
        }

        Statements.InsertBefore(editor, at, added);
    }

    // ---- Loops ----

    private Loop? Outermost(Func<Loop, bool> suits)
    {
        Loop? outermost = null;
        foreach (var loop in found.Loops)
        {
            if (!suits(loop))
                break;

            outermost = loop;
        }

        return outermost;
    }

    private bool IsProven(Loop loop) => RecreatedObject.Inputs(found.Creation).All(input => Invariance.IsProven(input, loop));

    /// <summary>Whether iterations run at the same time: a local that all of them set, or an object that is not thread-safe, cannot be shared.</summary>
    private bool AreRacing() => found.Loops.Any(loop => loop.Operation is IInvocationOperation { TargetMethod.ContainingType.Name: "Parallel" or "ParallelEnumerable" });

    private static bool IsStatic(IAnonymousFunctionOperation? lambda) => lambda?.Syntax is AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword);

    /// <summary>Whether the name stands for the one local alone in the whole member, so that it can move outwards.</summary>
    private bool IsOnlyHere(string name)
    {
        var member = expression.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? expression.SyntaxTree.GetRoot(site.CancellationToken);
        var places = member.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);
        return places == found.Uses.References.Count + 1;
    }
}
