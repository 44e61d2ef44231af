using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Crosspoint.Repro;

using CancellationTokenSource stop = new();
int stopCode = ExitCodes.Interrupted;
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, StopOnce);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture; // whatever the environment says
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return CrosspointApp.Run(args, new Host
{
    Output = Console.Out,
    Error = Console.Error,
    ErrorWidth = TerminalWidth(Console.IsErrorRedirected),
    OutputWidth = TerminalWidth(Console.IsOutputRedirected),
    Cancellation = stop.Token,
    StopCode = () => stopCode,
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

// The first signal lets the runs save their state; Ctrl-C once more ends the process at once. A scheduler may send its own signal twice.
void StopOnce(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested || signal.Signal == PosixSignal.SIGTERM;
    if (!stop.IsCancellationRequested)
    {
        stopCode = signal.Signal == PosixSignal.SIGTERM ? ExitCodes.Terminated : ExitCodes.Interrupted;
        stop.Cancel();
    }
}
