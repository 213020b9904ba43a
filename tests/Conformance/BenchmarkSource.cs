using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPath.Tests;

/// <summary>
/// The source of a benchmark class taken apart. By their names, members are the slow form (<c>Before…</c>), what the fix writes
/// (<c>After…</c>), the fastest by hand (<c>Best…</c>), or what they share.
/// </summary>
internal sealed class BenchmarkSource
{
    private readonly Document document;
    private readonly SemanticModel model;
    private readonly CompilationUnitSyntax root;
    private readonly List<MemberDeclarationSyntax> members;
    private readonly HashSet<MemberDeclarationSyntax> known;
    private readonly Dictionary<MemberDeclarationSyntax, HashSet<MemberDeclarationSyntax>> uses;

    private BenchmarkSource(Document document, SemanticModel model, CompilationUnitSyntax root, string className)
    {
        this.document = document;
        this.model = model;
        this.root = root;

        var ofClass = root.DescendantNodes().OfType<ClassDeclarationSyntax>().First(type => type.Identifier.ValueText == className);
        var beside = root.DescendantNodes(node => node is not TypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>().Where(type => type != ofClass);
        members = [.. ofClass.Members, .. beside];
        known = [.. members];
        uses = members.ToDictionary(member => member, Uses);
    }

    /// <summary>Takes the benchmark class of a document apart.</summary>
    public static async Task<BenchmarkSource> Of(Document document, string className) =>
        new(document, (await document.GetSemanticModelAsync())!, (CompilationUnitSyntax)(await document.GetSyntaxRootAsync())!, className);

    /// <summary>Whether a node belongs to the slow form: it stands in a member, of whatever type, whose name begins with Before.</summary>
    public static bool IsBefore(SyntaxNode node) => node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Any(member => Is("Before", member));

    /// <summary>Whether a node belongs to what the fix writes.</summary>
    public static bool IsAfter(SyntaxNode node) => node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Any(member => Is("After", member));

    /// <summary>What the fix is given: the source without After, Best, and whatever only they use.</summary>
    public async Task<CompilationUnitSyntax> Given() => await Without([.. Role("After"), .. Role("Best")], root);

    /// <summary>What the fix has to give: the source without Best and whatever only it uses, and After in the place and under the name of Before.</summary>
    public async Task<CompilationUnitSyntax> Wanted()
    {
        var swapped = root.TrackNodes(members);
        var renamed = new Dictionary<string, string>();

        foreach (var (before, after) in Pairs())
        {
            var moved = swapped.GetCurrentNode(after)!.WithAttributeLists(before.AttributeLists).WithoutAnnotations("Id");
            swapped = swapped.RemoveNode(swapped.GetCurrentNode(after)!, SyntaxRemoveOptions.KeepNoTrivia)!;
            swapped = swapped.ReplaceNode(swapped.GetCurrentNode(before)!, moved);
            renamed.Add(Name(after), Name(before));
        }

        swapped = swapped.ReplaceTokens(
            swapped.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && renamed.ContainsKey(token.ValueText)),
            (token, _) => SyntaxFactory.Identifier(token.LeadingTrivia, renamed[token.ValueText], token.TrailingTrivia));

        return await Without(Role("Best"), swapped);
    }

    /// <summary>The slow form and what only it uses, as the page shows it.</summary>
    public string BeforeExample() => Example("Before");

    /// <summary>What the fix writes, as the page shows it.</summary>
    public string AfterExample() => Example("After");

    /// <summary>The fastest form by hand, as the page shows it; null where there is none.</summary>
    public string? BestExample() => Role("Best").Count > 0 ? Example("Best") : null;

    private string Example(string role)
    {
        var own = Role(role);
        var shown = new HashSet<MemberDeclarationSyntax>([.. own, .. UsedOnlyBy(own)]);

        return string.Join("\n\n", members.Where(shown.Contains).Select(Text));
    }

    /// <summary>A member as it stands, without what makes it a benchmark, moved to the left margin.</summary>
    private static string Text(MemberDeclarationSyntax member)
    {
        var text = (member.WithAttributeLists([.. member.AttributeLists.Where(list => !IsBenchmark(list))]).ToString()).ReplaceLineEndings("\n");
        var indent = member.GetLocation().GetLineSpan().StartLinePosition.Character;

        return Regex.Replace(text, $"^ {{1,{Math.Max(indent, 1)}}}", "", RegexOptions.Multiline).Trim();
    }

    private async Task<CompilationUnitSyntax> Without(List<MemberDeclarationSyntax> removed, CompilationUnitSyntax from)
    {
        var all = removed.Concat(UsedOnlyBy(removed));
        var nodes = from == root ? all : all.Select(member => from.GetCurrentNode(member)).OfType<MemberDeclarationSyntax>();
        var reduced = from.RemoveNodes(nodes, SyntaxRemoveOptions.KeepNoTrivia)!;

        var already = UnusedUsings(model);
        var now = UnusedUsings((await document.WithSyntaxRoot(reduced).GetSemanticModelAsync())!);
        return reduced.RemoveNodes(reduced.Usings.Where(directive => now.Contains(directive.Name!.ToString()) && !already.Contains(directive.Name!.ToString())), SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    private static HashSet<string> UnusedUsings(SemanticModel model)
    {
        var text = model.SyntaxTree.GetRoot();
        return
        [
            .. model.GetDiagnostics()
                .Where(diagnostic => diagnostic.Id == "CS8019")
                .SelectMany(diagnostic => text.DescendantNodes(diagnostic.Location.SourceSpan).OfType<UsingDirectiveSyntax>().Where(directive => diagnostic.Location.SourceSpan.Contains(directive.Span)))
                .Select(directive => directive.Name!.ToString()),
        ];
    }

    /// <summary>What is reached from these members and from nothing else.</summary>
    private IEnumerable<MemberDeclarationSyntax> UsedOnlyBy(IReadOnlyCollection<MemberDeclarationSyntax> some)
    {
        var roots = some.ToHashSet();
        var candidates = Reached(some);
        candidates.ExceptWith(some);
        candidates.RemoveWhere(member => IsFramework(member) || Is("Before", member) || Is("After", member) || Is("Best", member));

        var others = Reached(members.Where(member => !candidates.Contains(member) && !roots.Contains(member)));
        return candidates.Where(member => !others.Contains(member));
    }

    private HashSet<MemberDeclarationSyntax> Reached(IEnumerable<MemberDeclarationSyntax> from)
    {
        var reached = new HashSet<MemberDeclarationSyntax>();
        var open = new Stack<MemberDeclarationSyntax>(from);
        while (open.TryPop(out var member))
        {
            if (reached.Add(member))
            {
                foreach (var used in uses[member])
                    open.Push(used);
            }
        }

        return reached;
    }

    private HashSet<MemberDeclarationSyntax> Uses(MemberDeclarationSyntax member)
    {
        var used = new HashSet<MemberDeclarationSyntax>();
        foreach (var name in member.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var info = model.GetSymbolInfo(name);
            var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            for (symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
            {
                var declared = symbol.OriginalDefinition.DeclaringSyntaxReferences
                    .Where(reference => reference.SyntaxTree == model.SyntaxTree)
                    .Select(reference => reference.GetSyntax().AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault(known.Contains))
                    .FirstOrDefault(declaration => declaration is not null);

                if (declared is not null)
                {
                    used.Add(declared);
                    break;
                }
            }
        }

        used.Remove(member);
        return used;
    }

    private List<MemberDeclarationSyntax> Role(string role) => [.. members.Where(member => Is(role, member))];

    /// <summary>Each slow member with what replaces it; what has no partner of the same name is no pair.</summary>
    private IEnumerable<(MemberDeclarationSyntax Before, MemberDeclarationSyntax After)> Pairs() =>
        from before in Role("Before")
        from after in Role("After")
        where Name(before).AsSpan("Before".Length).SequenceEqual(Name(after).AsSpan("After".Length))
        select (before, after);

    private static bool Is(string role, MemberDeclarationSyntax member) =>
        Name(member) is var name && name.StartsWith(role, StringComparison.Ordinal) && (name.Length == role.Length || !char.IsLower(name[role.Length]));

    private static string Name(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax @event => @event.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        _ => "",
    };

    /// <summary>Whether BenchmarkDotNet, the conformance tests or the language ask for the member by themselves.</summary>
    private static bool IsFramework(MemberDeclarationSyntax member) =>
        member is ConstructorDeclarationSyntax || Name(member) is "Same" or "Dispose" || member.AttributeLists.Any(IsBenchmark);

    private static bool IsBenchmark(AttributeListSyntax list) => list.Attributes.Any(attribute =>
        attribute.Name.ToString() is "Benchmark" or "GlobalSetup" or "GlobalCleanup" or "IterationSetup" or "IterationCleanup" or "Params" or "ParamsAllValues" or "Arguments");
}
