using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Crosspoint.Repro.Commands;

/// <summary>The verbs of the command, and how a command line that cannot be understood is answered.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs one command line.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">The command line cannot be understood, or the command failed.</exception>
    public static int Invoke(string[] args, Host host)
    {
        Command root = Root(host);
        ParseResult parsed = root.Parse(SlurmCommand.Separate(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not { ClearsParseErrors: true } && Problem(parsed) is { } problem)
        {
            throw CommandException.Usage($"{problem}; see {Path(parsed.CommandResult.Command)} --help");
        }

        return Invoke(parsed, host);
    }

    /// <summary>Runs what has been parsed.</summary>
    /// <returns>The exit code.</returns>
    public static int Invoke(ParseResult parsed, Host host) => parsed.Invoke(new InvocationConfiguration
    {
        Output = host.Output,
        Error = host.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    });

    /// <summary>The command with all its verbs.</summary>
    public static Command Root(Host host)
    {
        Command root = new(
            "crosspoint",
            "Simulates the training of neural networks on resistive crossbars, and reproduces the papers that this simulator knows.")
        {
            ListCommand.Create(host),
            new RunCommand(host),
            new SweepCommand(host),
            MergeCommand.Create(host),
            SlurmCommand.Create(host),
            CheckCommand.Create(host),
            ReportCommand.Create(host),
            WatchCommand.Create(host),
            DeviceCommand.Create(host),
            ModelCommand.Create(host),
            BenchCommand.Create(host),
            RandomCommand.Create(host),
            DataCommand.Create(host),
            InfoCommand.Create(host),
        };
        HelpOption help = new();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.Add(help);
        root.Add(new VersionOption { Action = new PrintVersion() });
        ShowHelpWithoutVerb(root, (HelpWithExamples)help.Action);
        return root;
    }

    /// <summary>A group of verbs on its own shows what it has.</summary>
    private static void ShowHelpWithoutVerb(Command command, HelpWithExamples help)
    {
        if (command.Subcommands.Count > 0)
        {
            command.SetAction(help.Invoke);
        }

        foreach (Command verb in command.Subcommands)
        {
            ShowHelpWithoutVerb(verb, help);
        }
    }

    /// <summary>The first thing that is wrong with a command line, in one line.</summary>
    public static string? Problem(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors.Count == 0 ? null
                : Missing(parsed) is { } argument ? $"{argument.Name} is missing; expected {argument.Description}"
                : parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.');
        }

        string token = parsed.UnmatchedTokens[0];
        return token.StartsWith('-')
            ? Suggestion.Unknown("option", token, command.Options.Select(option => option.Name))
            : command.Subcommands.Count > 0
                ? Suggestion.Unknown("command", token, command.Subcommands.Select(verb => verb.Name))
                : $"'{token}' is one argument too many";
    }

    private static Argument? Missing(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => parsed.GetResult(argument) is null or { Tokens.Count: 0 });

    internal static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(BuildInfo.Version);
            return ExitCodes.Success;
        }
    }
}
