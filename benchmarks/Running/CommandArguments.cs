namespace HotPath.Benchmarks;

/// <summary>What follows a command of this program.</summary>
/// <param name="Patterns">Which rules are meant; none means all.</param>
/// <param name="HasFlag">Whether the command's flag is there.</param>
public sealed record CommandArguments(IReadOnlyList<string> Patterns, bool HasFlag)
{
    /// <summary>Reads <c>--filter a b</c> and the command's flag; null where there is anything else.</summary>
    public static CommandArguments? Parse(IReadOnlyList<string> arguments, string? flag = null)
    {
        var patterns = new List<string>();
        var hasFlag = false;
        var inFilter = false;
        var hasFilter = false;

        foreach (var argument in arguments)
        {
            if (argument is "-f" or "--filter")
                inFilter = hasFilter = true;
            else if (argument == flag)
                (hasFlag, inFilter) = (true, false);
            else if (inFilter && !argument.StartsWith('-'))
                patterns.Add(argument);
            else
                return null;
        }

        return hasFilter && patterns is [] ? null : new CommandArguments(patterns, hasFlag);
    }
}
