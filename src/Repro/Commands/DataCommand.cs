using System.CommandLine;
using Crosspoint.Repro.Data;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint data</c>: where data sets are; fetches and verifies them.</summary>
internal static class DataCommand
{
    /// <summary>Builds the verbs.</summary>
    public static Command Create(Host host)
    {
        Option<string?> data = Options.Text("--data", "DIR", $"Folder of the data sets (default: {DataLocator.FolderVariable}, then the cache)");
        Option<bool> json = Options.Json();
        Argument<string> name = new("NAME") { Description = "a data set, as crosspoint data list names it" };

        Command list = new("list", "The data sets and where they are") { data, json };
        list.SetAction(parsed => List(host, Locator(host, parsed.GetValue(data)), parsed.GetValue(json)));
        Command get = new("get", "Finds a data set, or fetches it into the cache folder") { name, data };
        get.SetAction(parsed => Get(host, Locator(host, parsed.GetValue(data)), DataSets.Find(parsed.GetRequiredValue(name))));
        Command verify = new("verify", "Checks length and SHA-256 of every data set that is found; exit code 1 if one is wrong") { data };
        verify.SetAction(parsed => Verify(host, Locator(host, parsed.GetValue(data))));
        return new Command("data", "Data sets: where they are, fetch them, check them") { list, get, verify };
    }

    private static DataLocator Locator(Host host, string? chosen) => new(chosen, host.Variable);

    private static int List(Host host, DataLocator locator, bool asJson)
    {
        if (asJson)
        {
            WriteJson(host.Output, locator);
            return ExitCodes.Success;
        }

        foreach (DataSet set in DataSets.All)
        {
            host.Output.WriteLine($"{set.Name,-16}{set.Title}");
            host.Output.WriteLine($"{string.Empty,-16}licence: {set.Licence}");
            host.Output.WriteLine($"{string.Empty,-16}{Where(locator, set) ?? $"not found; crosspoint data get {set.Name}"}");
        }

        host.Output.WriteLine($"{"mnist-sample",-16}The first 4,000 training and 1,000 test digits of MNIST, used where MNIST is not found");
        host.Output.WriteLine($"{string.Empty,-16}licence: {DataSets.Mnist.Licence}");
        host.Output.WriteLine($"{string.Empty,-16}embedded in the program");
        return ExitCodes.Success;
    }

    private static void WriteJson(TextWriter output, DataLocator locator) => JsonOutput.Write(output, json =>
    {
        json.WriteString("cache", locator.CacheFolder);
        json.WriteStartArray("sets");
        foreach (DataSet set in DataSets.All)
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("title", set.Title);
            json.WriteString("licence", set.Licence);
            json.WriteString("folder", Found(locator, set)?.Folder);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string? Where(DataLocator locator, DataSet set)
    {
        try
        {
            return locator.Find(set) is { } found ? "in " + found.Folder : null;
        }
        catch (CommandException incomplete)
        {
            return "incomplete: " + incomplete.Message;
        }
    }

    private static LocatedData? Found(DataLocator locator, DataSet set)
    {
        try
        {
            return locator.Find(set);
        }
        catch (CommandException)
        {
            return null;
        }
    }

    private static int Get(Host host, DataLocator locator, DataSet set)
    {
        try
        {
            if (locator.Find(set) is { } found)
            {
                found.Read();
                host.Output.WriteLine($"{set.Name}: in {found.Folder}, checksums right");
                return ExitCodes.Success;
            }
        }
        catch (CommandException wrong) when (wrong.Message.StartsWith(locator.CacheFolder, StringComparison.Ordinal))
        {
            // The cache is ours to mend; a folder of the user's is not.
            host.Error.WriteLine($"{wrong.Message}; fetching again");
        }

        string folder = new DataFetcher(host.Sources, locator.CacheFolder).Fetch(set, host.Error.WriteLine, host.Cancellation);
        host.Output.WriteLine($"{set.Name}: fetched into {folder}, checksums right");
        return ExitCodes.Success;
    }

    private static int Verify(Host host, DataLocator locator)
    {
        bool allRight = true;
        foreach (DataSet set in DataSets.All)
        {
            try
            {
                host.Output.WriteLine(locator.Find(set) is { } found
                    ? $"{set.Name}: {found.Read().Count} files right, in {found.Folder}"
                    : $"{set.Name}: not found");
            }
            catch (CommandException wrong)
            {
                allRight = false;
                host.Error.WriteLine("crosspoint: " + wrong.Message);
            }
        }

        EmbeddedSample.Read();
        host.Output.WriteLine("mnist-sample: right, embedded in the program");
        return allRight ? ExitCodes.Success : ExitCodes.Failure;
    }
}
