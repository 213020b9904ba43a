using System.Runtime.InteropServices;
using HotPath.RealProjects;

var (arguments, error) = Arguments.Parse(args);
if (arguments is null)
{
    if (error is not null)
        Console.Error.WriteLine(error + Environment.NewLine);

    (error is null ? Console.Out : Console.Error).WriteLine(Arguments.Usage);
    return error is null ? 0 : 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var progress = new Progress(Console.Error);

try
{
    return arguments.Command == Command.Fix
        ? await FixCommand.RunAsync(arguments, Console.Out, progress, stop.Token)
        : await AnalyzeCommand.RunAsync(arguments, Console.Out, progress, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    progress.Say("Stopped; nothing is left behind");
    return 130;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
