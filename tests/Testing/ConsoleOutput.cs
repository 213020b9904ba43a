using System.Text;

namespace HotPath.Tests;

/// <summary>What one program writes to the console; other tests write elsewhere at the same time.</summary>
internal sealed class ConsoleOutput
{
    private static readonly AsyncLocal<ConsoleOutput?> Current = new();
    private static readonly Lock Gate = new();
    private static TextWriter? router;
    private readonly StringBuilder text = new();

    /// <summary>What was written so far.</summary>
    public string Text
    {
        get
        {
            lock (text)
                return text.ToString();
        }
    }

    /// <summary>From here on this thread, and whatever it starts, writes here.</summary>
    public void Begin()
    {
        lock (Gate)
        {
            if (router is null || Console.Out != router)
            {
                Console.SetOut(new Router(Console.Out));
                router = Console.Out;
                Console.SetError(router);
            }
        }

        Current.Value = this;
    }

    private sealed class Router(TextWriter outside) : TextWriter
    {
        public override Encoding Encoding => outside.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (Current.Value is not { } output)
            {
                outside.Write(buffer);
                return;
            }

            lock (output.text)
                output.text.Append(buffer);
        }

        public override void WriteLine(string? value) => Write(value + NewLine);
    }
}
