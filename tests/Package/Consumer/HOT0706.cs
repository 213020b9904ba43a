namespace Consumer;

internal static class HOT0706
{
    public static string Run() => Unquoted(string.Join(" ", Data.Words(40))) + "|" + Digits(string.Join(" ", Data.Words(40)));

    private static string Unquoted(string text)
    {
        while (text.Contains("d1"))
            text = text.Substring(text.IndexOf("d1") + 1); // HOT0706 stays

        return text;
    }

    private static int Digits(string text)
    {
        var digits = 0;
        while (text.Length > 0)
        {
            if (char.IsDigit(text[0]))
                digits++;

            text = text.Substring(1); // HOT0706
        }

        return digits;
    }
}
