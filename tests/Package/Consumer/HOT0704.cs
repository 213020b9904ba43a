using System.Text;

namespace Consumer;

internal static class HOT0704
{
    public static string Run() => Report(Data.Words(20));

    private static string Report(List<string> words)
    {
        var report = new StringBuilder();
        foreach (var word in words)
        {
            report.Append("at " + report.Length); // HOT0704 stays
            report.Append(word + "; " + word.Length); // HOT0704
            report.AppendLine(string.Format("{0,8}", word)); // HOT0704
            report.Append(word.Length.ToString()); // HOT0704
        }

        return report.ToString();
    }
}
