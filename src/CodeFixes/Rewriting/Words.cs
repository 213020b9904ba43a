namespace HotPath;

/// <summary>One and many in names that a fix gives.</summary>
internal static class Words
{
    /// <summary><c>customer</c> for <c>customers</c>, <c>category</c> for <c>categories</c>; any other word stays.</summary>
    public static string Singular(string word)
    {
        if (Ends(word, "ies") && word.Length > 4)
            return word.Substring(0, word.Length - 3) + "y";

        if (Ends(word, "sses") || Ends(word, "xes") || Ends(word, "ches") || Ends(word, "shes"))
            return word.Substring(0, word.Length - 2);

        return Ends(word, "s") && !Ends(word, "ss") && !Ends(word, "us") && word.Length > 2 ? word.Substring(0, word.Length - 1) : word;
    }

    /// <summary><c>Ids</c> for <c>Id</c>, <c>Categories</c> for <c>Category</c>.</summary>
    public static string Plural(string word)
    {
        if (Ends(word, "y") && word.Length > 1 && "aeiou".IndexOf(word[word.Length - 2]) < 0)
            return word.Substring(0, word.Length - 1) + "ies";

        return Ends(word, "s") || Ends(word, "x") || Ends(word, "ch") || Ends(word, "sh") ? word + "es" : word + "s";
    }

    private static bool Ends(string word, string end) => word.EndsWith(end, StringComparison.Ordinal);
}
