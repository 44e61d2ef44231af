using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Commands;

/// <summary>Options whose errors say what was expected.</summary>
internal static class Options
{
    /// <summary>An option that prints one JSON object.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on standard output" };

    /// <summary>The folder of all results.</summary>
    public static Option<string> Out() => new("--out")
    {
        Description = "Folder of all results",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs",
        CustomParser = result => NotEmpty(result, "a folder"),
    };

    /// <summary>A text that cannot be empty.</summary>
    public static Option<string?> Text(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => NotEmpty(result, helpName),
    };

    /// <summary>A name that scripts can hold as it is: no blanks, quotes or control characters.</summary>
    public static Option<string?> Name(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = NotEmpty(result, helpName);
            if (!text.All(sign => char.IsAsciiLetterOrDigit(sign) || "_-.,:+@/=%".Contains(sign, StringComparison.Ordinal)))
            {
                result.AddError($"{name}: expected letters, digits and _-.,:+@/=%, got '{text}'");
            }

            return text;
        },
    };

    /// <summary>A whole number of at least <paramref name="minimum"/>.</summary>
    public static Option<int?> Whole(string name, string helpName, string description, int minimum, int maximum = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            string upTo = maximum == int.MaxValue ? string.Empty : $" and at most {maximum}";
            result.AddError($"{name}: expected a whole number of at least {minimum}{upTo}, got '{text}'");
            return null;
        },
    };

    /// <summary>Any finite number.</summary>
    public static Option<double?> Real(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            {
                return value;
            }

            result.AddError($"{name}: expected a number, got '{text}'");
            return null;
        },
    };

    /// <summary>A time in seconds.</summary>
    public static Option<double?> Seconds(string name, string description, double minimum, double maximum) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError($"{name}: expected seconds from {minimum} to {maximum}, got '{text}'");
            return null;
        },
    };

    /// <summary>Texts, several in one argument with commas between them, and the option may be given again.</summary>
    public static Option<string[]> Texts(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
        {
            string[] texts = [.. result.Tokens.SelectMany(token => token.Value.Split(','))];
            if (texts.Contains(string.Empty))
            {
                result.AddError($"{name}: expected {helpName}, got nothing");
            }

            return texts;
        },
    };

    /// <summary>A seed.</summary>
    public static Option<ulong> Seed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "S",
        DefaultValueFactory = _ => 1,
        CustomParser = result => ParseSeed(result),
    };

    /// <summary>A seed, or none.</summary>
    public static Option<ulong?> SeedIfGiven(string description) => new("--seed")
    {
        Description = description,
        HelpName = "S",
        CustomParser = result => ParseSeed(result),
    };

    /// <summary>Names with values, several in one argument if <paramref name="several"/>, and the option may be given again.</summary>
    public static Option<Setting[]> Settings(string name, string helpName, string description, bool several) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
        {
            List<Setting> settings = [];
            foreach (string part in result.Tokens.SelectMany(token => several ? token.Value.Split(',') : [token.Value]))
            {
                int equals = part.IndexOf('=', StringComparison.Ordinal);
                if (equals < 1 || equals == part.Length - 1)
                {
                    result.AddError($"{name}: expected {helpName}, got '{part}'");
                    return [];
                }

                settings.Add(new Setting(part[..equals], part[(equals + 1)..]));
            }

            return [.. settings];
        },
    };

    /// <summary>One share of the runs.</summary>
    public static Option<Shard?> Shard() => new("--shard")
    {
        Description = "Compute the I-th of N equal shares of the runs; the shares may go to different machines and be joined by crosspoint merge",
        HelpName = "I/N",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text.Split('/') is [string index, string count]
                && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
                && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
                && i >= 1 && i <= n)
            {
                return new Shard(i, n);
            }

            result.AddError($"--shard: expected I/N with I from 1 to N, got '{text}'");
            return null;
        },
    };

    /// <summary>Whether event files are written.</summary>
    public static Option<bool> TensorBoard() => new("--tensorboard")
    {
        Description = "Write the curves as event files for TensorBoard as well, below OUT/tensorboard",
    };

    /// <summary>How much is computed.</summary>
    public static Option<Profile> Profile() => new("--profile")
    {
        Description = "quick (default): fewer points, seeds or epochs, at most about two minutes; full: the paper's scale",
        HelpName = "quick|full",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text is not ("quick" or "full"))
            {
                result.AddError($"--profile: expected quick or full, got '{text}'");
            }

            return text == "full" ? Experiments.Profile.Full : Experiments.Profile.Quick;
        },
    };

    private static ulong ParseSeed(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
        {
            result.AddError($"--seed: expected a whole number from 0 to {ulong.MaxValue}, got '{text}'");
        }

        return value;
    }

    private static string NotEmpty(ArgumentResult result, string what)
    {
        string text = result.Tokens[0].Value;
        if (text.Length == 0)
        {
            result.AddError($"expected {what}, got nothing");
        }

        return text;
    }
}
