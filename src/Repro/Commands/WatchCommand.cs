using System.CommandLine;
using Crosspoint.Repro.Watch;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint watch</c>: what is being computed in a folder, with curves as they grow.</summary>
internal static class WatchCommand
{
    private const string NoColour = "NO_COLOR";
    private const int WidthWithoutTerminal = 140;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string> folder = new("DIR")
        {
            Description = "a folder of results, or that of a paper or figure in it (default: runs)",
            DefaultValueFactory = _ => "runs",
        };
        Option<bool> once = new("--once") { Description = "Print the state of this moment and end, as without a terminal" };
        Option<string?> column = Options.Text("--column", "NAME", "Column of the curves to draw (default: the test accuracy or error)");
        Command command = new("watch", "Shows what is being computed in a folder: progress, time left and curves, until Ctrl-C") { folder, once, column };
        command.SetAction(parsed => Run(host, parsed.GetRequiredValue(folder), parsed.GetValue(once), parsed.GetValue(column)));
        return command;
    }

    private static int Run(Host host, string folder, bool once, string? column)
    {
        WatchedFolder watched = new(folder);
        WatchView view = new(column);
        bool live = !once && host.OutputWidth > 0;
        IAnsiConsole console = Console(host, live);
        if (!live)
        {
            console.Write(Frame());
            return ExitCodes.Success;
        }

        console.Live(Frame()).Overflow(VerticalOverflow.Ellipsis).Start(context =>
        {
            while (!host.Cancellation.WaitHandle.WaitOne(Interval))
            {
                context.UpdateTarget(Frame());
            }
        });
        return ExitCodes.Success;

        IRenderable Frame() => view.Draw(folder, watched.Processes(), watched.Finished());
    }

    private static IAnsiConsole Console(Host host, bool live)
    {
        bool plain = host.OutputWidth == 0 || !string.IsNullOrEmpty(host.Variable(NoColour));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = live ? AnsiSupport.Yes : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(host.Output),
        });
        if (host.OutputWidth == 0)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }
}
