using System.Text;

namespace Consumer;

internal static class HOT0705
{
    public static string Run() => Reversed(Data.Words(40)) + "|" + Joined(Data.Words(40));

    private static string Reversed(List<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
            text.Insert(0, word); // HOT0705 stays

        return text.ToString();
    }

    private static string Joined(List<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            if (text.ToString().Length > 0) // HOT0705
                text.Append(',');

            text.Append(word);
        }

        return text.ToString();
    }
}
