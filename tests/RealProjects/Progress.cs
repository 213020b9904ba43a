using System.Diagnostics;

namespace HotPath.RealProjects;

/// <summary>Says on the error stream how far the program is, so that the output stays a report.</summary>
internal sealed class Progress(TextWriter writer)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int done;

    /// <summary>Begins to count anew.</summary>
    public void Begin(string what)
    {
        done = 0;
        Say(what);
    }

    /// <summary>One of so many is done.</summary>
    public void Step(int of, string what) => Say($"[{++done}/{of}] {what}");

    /// <summary>A line with the time since the start.</summary>
    public void Say(string what) => writer.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {what}");
}
