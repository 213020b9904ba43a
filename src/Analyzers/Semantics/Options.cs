using System.Globalization;

namespace HotPath;

/// <summary>One thing a user can set in .editorconfig: <c>hotpath.name = value</c> for all rules, <c>dotnet_code_quality.HOTxxxx.name = value</c> for one.</summary>
public abstract class Option(string name, string defaultText, string allowed, string description)
{
    /// <summary>The part of the key after the prefix.</summary>
    public string Name { get; } = name;

    /// <summary>The key that sets the option for all rules.</summary>
    public string Key { get; } = Options.Prefix + name;

    /// <summary>The value used when nothing, or something not allowed, is set.</summary>
    public string DefaultText { get; } = defaultText;

    /// <summary>What may be set, in words.</summary>
    public string Allowed { get; } = allowed;

    /// <summary>What the option does, one sentence.</summary>
    public string Description { get; } = description;

    /// <summary>Whether <paramref name="text"/> may be set.</summary>
    public abstract bool Allows(string text);
}

/// <summary>An option with a value of type <typeparamref name="T"/>.</summary>
public sealed class Option<T>(string name, T defaultValue, string defaultText, string allowed, string description, Func<string, (bool Valid, T Value)> parse)
    : Option(name, defaultText, allowed, description)
{
    /// <inheritdoc/>
    public override bool Allows(string text) => parse(text.Trim()).Valid;

    /// <summary>The value in force in <paramref name="tree"/>: the one of the rule <paramref name="id"/>, else that for all rules, else the default.</summary>
    public T Read(AnalyzerOptions options, SyntaxTree tree, string? id = null)
    {
        var config = options.AnalyzerConfigOptionsProvider.GetOptions(tree);

        if (id is not null && config.TryGetValue(Options.RulePrefix + id + "." + Name, out var text) && parse(text.Trim()) is { Valid: true, Value: var own })
            return own;

        return config.TryGetValue(Key, out text) && parse(text.Trim()) is { Valid: true, Value: var value } ? value : defaultValue;
    }
}

/// <summary>What fix-all does with fixes that change something and say so in their title.</summary>
public enum FixAllMode
{
    /// <summary>It leaves their sites as they are.</summary>
    Safe,

    /// <summary>It applies them too.</summary>
    All,
}

/// <summary>How loud findings inside tests are.</summary>
public enum TestCodeMode
{
    /// <summary>As loud as anywhere.</summary>
    Report,

    /// <summary>At most Info.</summary>
    Info,

    /// <summary>Silent.</summary>
    None,
}

/// <summary>Every option of the package.</summary>
public static class Options
{
    /// <summary>The prefix of keys that hold for all rules.</summary>
    public const string Prefix = "hotpath.";

    /// <summary>The prefix of keys that hold for one rule; its id follows.</summary>
    public const string RulePrefix = "dotnet_code_quality.";

    /// <summary>Up to how many iterations, or elements of a searched collection, are too few to matter.</summary>
    public static readonly Option<int> SmallLoop = Number("small_loop", 8, 0, 1_000_000,
        "A loop known to run at most this often, or a collection known to hold at most this many elements, is too small to matter.");

    /// <summary>Whether fix-all applies the fixes that change something and say so.</summary>
    public static readonly Option<FixAllMode> FixAll = Choice("fix_all", FixAllMode.Safe,
        "Whether fix-all also applies the fixes whose title says what they change ('all'), or leaves their sites alone ('safe').");

    /// <summary>How loud findings inside tests are.</summary>
    public static readonly Option<TestCodeMode> TestCode = Choice("test_code", TestCodeMode.Report,
        "How loud findings inside test methods are: as anywhere ('report'), at most Info ('info'), silent ('none').");

    /// <summary>Tables that are too small for an index to matter.</summary>
    public static readonly Option<ImmutableHashSet<string>> SmallTables = new("small_tables", ImmutableHashSet<string>.Empty, "none", "names of tables, separated by commas",
        "Tables that hold so few rows that an index on them does not matter.",
        text =>
        {
            var names = ImmutableHashSet.CreateBuilder(StringComparer.OrdinalIgnoreCase);
            foreach (var name in text.Split(','))
            {
                if (name.Trim() is { Length: > 0 } trimmed)
                    names.Add(trimmed);
            }

            return (names.Count > 0, names.ToImmutable());
        });

    /// <summary>All options, for checking keys and for the documentation.</summary>
    public static ImmutableArray<Option> All { get; } = [SmallLoop, FixAll, TestCode, SmallTables];

    private static Option<int> Number(string name, int defaultValue, int least, int most, string description) => new(
        name, defaultValue, defaultValue.ToString(CultureInfo.InvariantCulture), $"a whole number from {least} to {most}", description,
        text => (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most, value));

    private static Option<T> Choice<T>(string name, T defaultValue, string description)
        where T : struct, Enum => new(
        name, defaultValue, Text(defaultValue), string.Join(" or ", Array.ConvertAll((T[])Enum.GetValues(typeof(T)), value => $"'{Text(value)}'")), description,
        text =>
        {
            foreach (T value in Enum.GetValues(typeof(T)))
            {
                if (string.Equals(Text(value), text, StringComparison.OrdinalIgnoreCase))
                    return (true, value);
            }

            return (false, defaultValue);
        });

    private static string Text<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
