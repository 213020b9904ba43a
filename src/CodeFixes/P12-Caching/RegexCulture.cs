using System.Text.RegularExpressions;

namespace HotPath;

/// <summary>A regular expression that ignores case takes the culture of the moment it is built: a cached one freezes it.</summary>
internal static class RegexCulture
{
    /// <summary>Whether the same pattern built under another culture could match something else.</summary>
    public static bool Matters(string pattern, RegexOptions options)
    {
        if (options.HasFlag(RegexOptions.CultureInvariant))
            return false;

        var ignoresCase = options.HasFlag(RegexOptions.IgnoreCase);
        for (var i = 0; i < pattern.Length; i++)
        {
            // An inline option: (?i) or (?im-s:
            if (pattern[i] == '(' && i + 1 < pattern.Length && pattern[i + 1] == '?')
            {
                var end = i + 2;
                while (end < pattern.Length && pattern[end] is 'i' or 'm' or 'n' or 's' or 'x' or '-')
                    end++;

                if (end < pattern.Length && pattern[end] is ')' or ':' && pattern.IndexOf('i', i + 2, end - i - 2) >= 0)
                    ignoresCase = true;
            }
        }

        return ignoresCase && !IsNeutral(pattern);
    }

    /// <summary>Whether no part of the pattern has a case that depends on culture: no i or k in any spelling, no range, class or back reference that could hold one.</summary>
    private static bool IsNeutral(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    if (i < pattern.Length && pattern[i] is 'p' or 'P' or 'x' or 'u' or 'c' or 'k' or (>= '0' and <= '9'))
                        return false;

                    break;

                case '(' when i + 1 < pattern.Length && pattern[i + 1] == '?':
                    i += 2;
                    while (i < pattern.Length && pattern[i] is not (')' or ':' or '=' or '!' or '>'))
                        i++;

                    break;

                case 'i' or 'I' or 'k' or 'K' or '-' or > '\x7f':
                    return false;
            }
        }

        return true;
    }
}
