using System.Collections.Concurrent;

namespace HotPath;

/// <summary>An option that nobody reads, or whose value is not allowed, leaves its author believing in a setting that is not in force.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidOptionAnalyzer() : RuleAnalyzer(Rule)
{
    public const string Id = "HOT0001";

    /// <summary>More names than these nobody reads in a message.</summary>
    private const int MostNamed = 8;

    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Option is unknown or its value is not allowed",
        message: "'{0} = {1}' {2}",
        description: "A key that nobody reads, or a value that is not allowed, changes nothing: the default stays in force.",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override Promise Promise => Promise.None("It is about the settings, not about code.");

    /// <inheritdoc/>
    public override string NoFix => "Only the author of the setting knows what was meant.";

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        var asked = new ConcurrentDictionary<AnalyzerConfigOptions, bool>();
        var found = new ConcurrentDictionary<(string Key, string Value), bool>();

        Collect(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions, asked, found);
        start.RegisterSyntaxTreeAction(context => Collect(context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Tree), asked, found));
        start.RegisterCompilationEndAction(context =>
        {
            // Trees come in any order; the findings always in the same.
            var pairs = new List<(string Key, string Value)>(found.Keys);
            pairs.Sort(static (one, other) => string.CompareOrdinal(one.Key + "=" + one.Value, other.Key + "=" + other.Value));

            foreach (var (key, value) in pairs)
            {
                if (WhatIsWrong(key, value) is { } wrong)
                    context.ReportDiagnostic(Diagnostic.Create(Rule, Location.None, key, value, wrong));
            }
        });
    }

    /// <summary>Adds the pairs that are meant for us. Trees of one section set may share their options, which are then looked at once.</summary>
    private static void Collect(AnalyzerConfigOptions options, ConcurrentDictionary<AnalyzerConfigOptions, bool> asked, ConcurrentDictionary<(string Key, string Value), bool> found)
    {
        if (!asked.TryAdd(options, true))
            return;

        foreach (var key in Keys(options))
        {
            if ((Starts(key, Options.Prefix) || Starts(key, Options.RulePrefix + "HOT")) && options.TryGetValue(key, out var value))
                found.TryAdd((key, value), true);
        }
    }

    /// <summary>A host need not be able to list its keys; then there is nothing to check.</summary>
    private static IEnumerable<string> Keys(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            return [];
        }
    }

    private static string? WhatIsWrong(string key, string value)
    {
        if (Starts(key, Options.Prefix))
        {
            var name = key.Substring(Options.Prefix.Length);
            return Find(Options.All, name) is { } option
                ? option.Allows(value) ? null : $"is not allowed: the value must be {option.Allowed}; the default, {option.DefaultText}, is used"
                : $"is read by nobody; {Meant(name, Names(Options.All), Options.Prefix)}";
        }

        var rest = key.Substring(Options.RulePrefix.Length);
        var dot = rest.IndexOf('.');
        var id = dot < 0 ? rest : rest.Substring(0, dot);
        var rules = Rules();

        if (!rules.TryGetValue(id, out var rule))
            return $"is read by nobody, because no rule has the id '{id.ToUpperInvariant()}'; {Meant(id, [.. rules.Keys], prefix: "")}";

        var ofRule = dot < 0 ? "" : rest.Substring(dot + 1);
        var read = Options.All.RemoveAll(option => !rule.Obeys(option));
        if (read.IsEmpty)
            return $"is read by nobody: {rule.Descriptor.Id} has no options";

        return Find(read, ofRule) is { } own
            ? own.Allows(value) ? null : $"is not allowed: the value must be {own.Allowed}; '{own.Key}', or else the default, {own.DefaultText}, is used"
            : $"is read by nobody; {Meant(ofRule, Names(read), $"{Options.RulePrefix}{rule.Descriptor.Id}.")}";
    }

    /// <summary>Every rule by its id. Only a setting for a single rule needs them, and few users have one.</summary>
    private static SortedDictionary<string, RuleAnalyzer> Rules()
    {
        var rules = new SortedDictionary<string, RuleAnalyzer>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in typeof(RuleAnalyzer).Assembly.GetTypes())
        {
            if (!type.IsAbstract && typeof(RuleAnalyzer).IsAssignableFrom(type))
            {
                var rule = (RuleAnalyzer)Activator.CreateInstance(type)!;
                rules[rule.Descriptor.Id] = rule;
            }
        }

        return rules;
    }

    private static Option? Find(ImmutableArray<Option> options, string name)
    {
        foreach (var option in options)
        {
            if (string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase))
                return option;
        }

        return null;
    }

    private static string[] Names(ImmutableArray<Option> options)
    {
        var names = new string[options.Length];
        for (var i = 0; i < names.Length; i++)
            names[i] = options[i].Name;

        return names;
    }

    /// <summary>The known names nearest to the written one; where none is near, all of them unless there are too many to read.</summary>
    private static string Meant(string written, string[] known, string prefix)
    {
        var least = int.MaxValue;
        var nearest = new List<string>();

        foreach (var name in known)
        {
            var distance = Distance(written.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance > least)
                continue;

            if (distance < least)
                nearest.Clear();

            least = distance;
            nearest.Add($"'{prefix}{name}'");
        }

        if (least <= 1 + written.Length / 4 && nearest.Count <= MostNamed)
            return $"did you mean {string.Join(" or ", nearest)}?";

        return known.Length <= MostNamed
            ? $"known are {string.Join(", ", Array.ConvertAll(known, name => $"'{prefix}{name}'"))}"
            : "the documentation lists what there is";
    }

    /// <summary>How many characters have to be added, dropped or replaced to get from one word to the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            row[j] = j;

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }

    private static bool Starts(string key, string prefix) => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
