using System.Text.RegularExpressions;

namespace HotPath;

/// <summary>Builds the object once: in a static readonly field, before the loop, or not at all where the framework shares one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RecreatedExpensiveObjectFix() : RuleFix(RecreatedExpensiveObjectAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site) =>
        site.Operation is { } creation && RecreatedObject.Find(creation, site.Options) is { } found
            ? Plan(site, found).OfType<Fix>()
            : [];

    internal static IEnumerable<Fix?> Plan(Site site, RecreatedObject found)
    {
        var once = new BuiltOnce(site, found);

        switch (found.Kind)
        {
            case ObjectKind.HashAlgorithm:
                return [once.HashData()];

            case ObjectKind.Random:
                return OfRandom(site, found, once);

            case ObjectKind.HttpClient:
                return SafeToBuild.Holds(found) ? [InField(site, once, "changes: cookies and connections are shared")] : [];
        }

        if (!found.IsSameForAllCalls || !SafeToBuild.Holds(found))
            return [once.OnFirstUse()];

        return found.Kind switch
        {
            ObjectKind.Regex => OfRegex(site, found, once),
            ObjectKind.Culture => [InField(site, once), OfCulture(found, once)],
            _ => [InField(site, once)],
        };
    }

    /// <summary>The field, or the local that stands for it among top-level statements.</summary>
    private static Fix? InField(Site site, BuiltOnce once, string? changes = null) =>
        site.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null ? once.InTopLevelLocal(changes) : once.InStaticField(changes);

    private static IEnumerable<Fix?> OfRegex(Site site, RecreatedObject found, BuiltOnce once)
    {
        const string freezes = "changes: later cultures are ignored";
        var freezesCulture = RegexCulture.Matters(SafeToBuild.Pattern(found.Creation)!, SafeToBuild.OptionsOf(found.Creation) ?? RegexOptions.None);

        if (!freezesCulture)
            return [InField(site, once), once.Generated(changes: null)];

        return [KeepsCulture(found) ? once.BeforeLoop() : null, InField(site, once, freezes), once.Generated(freezes)];
    }

    /// <summary>Whether no iteration of any of the loops can change the current culture.</summary>
    private static bool KeepsCulture(RecreatedObject found)
    {
        foreach (var loop in found.Loops)
        {
            if (loop.IsDeferred)
                return false;

            var effects = Effects.Of(loop.Lambda ?? loop.Operation);
            if (effects.Written.Any(symbol => symbol.Name.IndexOf("Culture", StringComparison.Ordinal) >= 0))
                return false;

            foreach (var part in (loop.Lambda ?? loop.Operation).Descendants())
            {
                // Own code behind a delegate or an interface may set it.
                if (part is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } or { IsAbstract: true, Locations: [{ IsInSource: true }, ..] } or { IsVirtual: true, Locations: [{ IsInSource: true }, ..] } })
                    return false;
            }
        }

        return true;
    }

    private static Fix? OfCulture(RecreatedObject found, BuiltOnce once)
    {
        if (found.Creation is not IObjectCreationOperation { Arguments: [{ Parameter.Type.SpecialType: SpecialType.System_String } name, ..] arguments }
            || found.Creation.Syntax is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var given, ..] } || found.Constancy is not { Locals.Count: 0 } || name.Value.ConstantValue is not { HasValue: true })
        {
            return null;
        }

        // The cached culture takes no notice of what the user set up for the language of the system.
        var ignoresUser = arguments is [_, { Value.ConstantValue: { HasValue: true, Value: false } }];
        const string title = "Use the cached culture of CultureInfo.GetCultureInfo";
        var type = found.Creation.Syntax is ObjectCreationExpressionSyntax { Type: var written } ? written.ToString() : "System.Globalization.CultureInfo";
        var replacement = $"{type}.GetCultureInfo({given.Expression})";

        return ignoresUser ? once.By(title, replacement) : once.By($"{title} (changes: the user's own regional settings are ignored)", replacement, "changes: the user's own regional settings are ignored");
    }

    private static IEnumerable<Fix?> OfRandom(Site site, RecreatedObject found, BuiltOnce once)
    {
        if (site.Types["System.Random"] is not { } random)
            return [];

        if (random.GetMembers("Shared").IsEmpty)
            return [once.BeforeLoop()];

        var type = found.Creation.Syntax is ObjectCreationExpressionSyntax { Type: var written } ? written.ToString() : random.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
        return [once.By("Use Random.Shared", $"{type}.Shared")];
    }
}
