namespace HotPath.Tests;

/// <summary>Runs generated programs on request, and the tests of this assembly for a test runner.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        // A test runner's options begin with one character of these; options of the long run with two dashes.
        if (arguments is [['-', not '-', ..] or ['@', ..] or [':', ..], ..])
            return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);

        return await LongRun.RunAsync(arguments, Console.Out);
    }
}
