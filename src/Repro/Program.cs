using System.Runtime.InteropServices;
using System.Text;
using Crosspoint.Repro;

using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, StopOnce);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return CrosspointApp.Run(args, new Host
{
    Output = Console.Out,
    Error = Console.Error,
    ErrorWidth = TerminalWidth(Console.IsErrorRedirected),
    OutputWidth = TerminalWidth(Console.IsOutputRedirected),
    Cancellation = stop.Token,
});

// 0 where the text goes to a file or pipe; the usual width where a terminal does not tell its own.
static int TerminalWidth(bool redirected)
{
    const int UsualWidth = 80;
    try
    {
        return redirected ? 0 : Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;
    }
    catch (IOException)
    {
        return UsualWidth;
    }
}

// The first signal lets the runs save their state; a second one ends the process at once.
void StopOnce(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
