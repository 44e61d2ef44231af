using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Crosspoint.Repro.Commands;

/// <summary>The usual help, with examples behind it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const int MaximumWidth = 120;

    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["crosspoint"] =
        [
            "crosspoint list                                      what can be run",
            "crosspoint run babu2017/fig4                         a quick run: table and picture in about two minutes",
            "crosspoint run babu2017/fig4 --profile full          the paper's scale",
            "crosspoint sweep my.json                             a sweep of your own, as crosspoint sweep --init describes one",
            "crosspoint check                                     full results against the papers' bands",
            "crosspoint report --out results                      one HTML page of all that is stored",
            "crosspoint watch runs                                what is being computed there, with time left",
            "crosspoint device list                               devices with their models and sources",
            "crosspoint bench                                     how fast this machine is, row by row",
            "crosspoint data get mnist                            fetches the whole of MNIST",
            "crosspoint info                                      version, processor, vector width",
        ],
        ["crosspoint list"] = ["crosspoint list", "crosspoint list --json"],
        ["crosspoint run"] =
        [
            "crosspoint run babu2017/fig4",
            "crosspoint run babu2017/fig4 --points sigma=0.1,sigma=0.3 --seeds 3 --epochs 5",
            "crosspoint run babu2017/fig4 --profile full --shard 1/2 --out runs",
            "crosspoint run babu2017/fig4 --set bitLength=20 --json",
            "crosspoint run babu2017/fig4 --tensorboard && tensorboard --logdir runs/tensorboard",
            "crosspoint run babu2017/fig4 --profile full --dry-run",
        ],
        ["crosspoint sweep"] =
        [
            "crosspoint sweep --init my.json",
            "crosspoint sweep my.json --dry-run",
            "crosspoint sweep my.json --set training.epochs=3 --set device.cycleNoise=0.1 --seeds 5",
            "crosspoint sweep my.json --shard 1/2 --out here",
            "crosspoint sweep --schema > sweep.schema.json",
        ],
        ["crosspoint merge"] = ["crosspoint merge here there --out runs"],
        ["crosspoint slurm"] =
        [
            "crosspoint slurm run babu2017/fig4 --profile full --out runs && sh slurm/submit.sh",
            "crosspoint slurm --tasks 20 --cores 4 --scripts my-sweep sweep my.json",
        ],
        ["crosspoint check"] = ["crosspoint check", "crosspoint check --out results --json"],
        ["crosspoint watch"] = ["crosspoint watch runs", "crosspoint watch runs/babu2017/fig4 --once"],
        ["crosspoint report"] = ["crosspoint report", "crosspoint report babu2017/fig4 --out results --html fig4.html"],
        ["crosspoint device list"] = ["crosspoint device list", "crosspoint device list --json"],
        ["crosspoint device show"] = ["crosspoint device show tang2018-ecram --out ecram.png", "crosspoint device show my.json --json"],
        ["crosspoint device fit"] =
        [
            "crosspoint device fit pulses.csv --out fitted.json --picture fit.png",
            "crosspoint device fit pulses.csv --model soft-bounds --json",
        ],
        ["crosspoint device schema"] = ["crosspoint device schema > preset.schema.json"],
        ["crosspoint device"] =
        [
            "crosspoint device list",
            "crosspoint device show tang2018-ecram --out ecram.png",
            "crosspoint device pulse babu2017-pair --up 100 --down 100 --out pulse.png",
            "crosspoint device fit pulses.csv --out fitted.json",
        ],
        ["crosspoint device pulse"] = ["crosspoint device pulse babu2017-pair --up 100 --down 100 --repeat 3 --devices 20 --seed 1 --csv --out pulse.png"],
        ["crosspoint model"] =
        [
            "crosspoint model export gokmen2021/fig5e --points hysteresis=0.6 --out model.npz",
            "crosspoint model show model.npz",
            "crosspoint model eval model.npz --passes 10",
        ],
        ["crosspoint model export"] =
        [
            "crosspoint model export gokmen2021/table1 --profile full --points model=I --out model.safetensors",
            "crosspoint model export runs/gokmen2021/states/0123456789abcdef.state --planes '*.weights' --out weights.npz",
        ],
        ["crosspoint model show"] = ["crosspoint model show model.npz", "crosspoint model show model.safetensors --json"],
        ["crosspoint model eval"] =
        [
            "crosspoint model eval model.npz",
            "crosspoint model eval model.npz --plane epochs40-50.average --programming OpenLoop --passes 10 --json",
        ],
        ["crosspoint bench"] =
        [
            "crosspoint bench --quick",
            "crosspoint bench --filter 'update/*,forward/*' --min-time 3 --out bench.csv",
            "crosspoint bench --filter 'update/*' --widths",
            "crosspoint bench --sizes --filter 'forward/*' --json",
        ],
        ["crosspoint random"] = ["crosspoint random words --count 1000 > words.bin"],
        ["crosspoint random words"] =
        [
            "crosspoint random words --seed 7 --count 1000 > words.bin",
            "crosspoint random words --mode streams | dieharder -a -g 200",
        ],
        ["crosspoint data list"] = ["crosspoint data list"],
        ["crosspoint data"] = ["crosspoint data list", "crosspoint data get mnist", "crosspoint data verify"],
        ["crosspoint data get"] = ["crosspoint data get mnist"],
        ["crosspoint data verify"] = ["crosspoint data verify"],
        ["crosspoint info"] = ["crosspoint info", "crosspoint info --json"],
    };

    private readonly HelpAction help;

    /// <summary>Adds examples to the usual help.</summary>
    public HelpWithExamples(HelpAction help)
    {
        this.help = help;
        help.MaxWidth = MaximumWidth;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in Examples.GetValueOrDefault(CommandLine.Path(parseResult.CommandResult.Command), []))
        {
            output.WriteLine("  " + example);
        }

        return ExitCodes.Success;
    }
}
