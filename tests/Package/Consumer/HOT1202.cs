using System.Text.RegularExpressions;

namespace Consumer;

internal static class HOT1202
{
    public static string Run() => Timeout() + " " + CountEven(Data.Words(40));

    private static TimeSpan Timeout()
    {
        using var client = new HttpClient(); // HOT1202 stays
        return client.Timeout;
    }

    private static int CountEven(List<string> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            if (new Regex("[02468]$").IsMatch(word)) // HOT1202
                count++;
        }

        return count;
    }
}
