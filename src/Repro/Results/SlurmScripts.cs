using System.Text;

namespace Crosspoint.Repro.Results;

/// <summary>Writes the scripts of a job array: its tasks, the job that follows them, and the one that submits both.</summary>
/// <remarks>
/// A task takes its share from Slurm's environment. Cancelled, pre-empted or requeued, it gets SIGTERM, saves its state and ends with
/// exit code 143; Slurm itself requeues it where it was pre-empted. Two minutes before its time is over it gets SIGUSR1, and puts itself
/// back into the queue once its state is saved.
/// </remarks>
internal static class SlurmScripts
{
    private const int MostRestarts = 100;
    private const int MinutesOfEnd = 30;
    private const int MegabytesOfEnd = 1000;

    /// <summary>Writes them.</summary>
    /// <returns>Their paths; the one to run is the last.</returns>
    public static IReadOnlyList<string> Write(SlurmJob job)
    {
        string folder = Path.GetFullPath(job.Folder);
        return
        [
            Write(folder, "array.sbatch", Array(job, folder)),
            Write(folder, "finish.sbatch", Finish(job, folder)),
            Write(folder, "submit.sh", Submit(folder)),
        ];
    }

    private static string Array(SlurmJob job, string folder)
    {
        string results = job.Apart ? Quote(Path.Combine(job.Results, "task-")) + "\"$SLURM_ARRAY_TASK_ID\"" : Quote(job.Results);
        return $$"""
            #!/bin/bash
            # Written by crosspoint slurm: {{string.Join(' ', job.Command)}}
            {{Head(job, job.Name, folder, "%A_%a")}}
            #SBATCH --array=1-{{job.Tasks}}
            #SBATCH --cpus-per-task={{job.Cores}}
            #SBATCH --mem={{job.Megabytes}}M
            #SBATCH --time={{job.Minutes}}
            #SBATCH --requeue
            #SBATCH --signal=B:USR1@120

            again=0
            child=
            trap 'again=1; [ -n "$child" ] && kill -TERM "$child"' USR1
            trap '[ -n "$child" ] && kill -TERM "$child"' TERM
            cd {{Quote(Environment.CurrentDirectory)}} || exit 1
            {{Program()}} {{Quote(job.Command)}} --out {{results}} &
            child=$!

            # A signal ends the waiting, not the run, which first saves its state.
            while wait "$child"; code=$?; [ "$code" -gt 128 ] && kill -0 "$child" 2>/dev/null; do :; done
            if [ "$again" -eq 1 ] && [ "$code" -ne 0 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt {{MostRestarts}} ]; then
                echo "the time is over: requeued to go on from the saved state"
                scontrol requeue "$SLURM_JOB_ID"
                sleep 60 # Slurm ends this job.
            fi
            exit "$code"

            """;
    }

    private static string Finish(SlurmJob job, string folder)
    {
        string merge = job.Apart ? $"{Program()} merge {Quote(Path.Combine(job.Results, "task-"))}* --out {Quote(job.Results)} || exit\n" : string.Empty;
        return $$"""
            #!/bin/bash
            # Written by crosspoint slurm: what follows the tasks of array.sbatch. Nothing is left to compute: the table, the picture, the report.
            {{Head(job, job.Name + "-finish", folder, "%j")}}
            #SBATCH --cpus-per-task=1
            #SBATCH --mem={{MegabytesOfEnd}}M
            #SBATCH --time={{MinutesOfEnd}}

            cd {{Quote(Environment.CurrentDirectory)}} || exit 1
            {{merge}}{{Program()}} {{Quote(job.Command)}} --quiet --out {{Quote(job.Results)}}
            code=$?
            {{Program()}} report --out {{Quote(job.Results)}} || exit
            exit "$code"

            """;
    }

    private static string Submit(string folder) => $$"""
        #!/bin/sh
        # Written by crosspoint slurm: submits the array, and what is to follow once all its tasks have ended well.
        set -eu
        array=$(sbatch --parsable {{Quote(Path.Combine(folder, "array.sbatch"))}})
        array=${array%%;*}
        last=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes {{Quote(Path.Combine(folder, "finish.sbatch"))}})
        echo "job array $array, then job ${last%%;*}"

        """;

    private static string Head(SlurmJob job, string name, string folder, string number)
    {
        List<string> lines =
        [
            $"--job-name=crosspoint-{name}",
            $"--output={Path.Combine(folder, number)}.log",
            "--open-mode=append",
            "--ntasks=1",
        ];
        if (job.Partition is { } partition)
        {
            lines.Add($"--partition={partition}");
        }

        if (job.Account is { } account)
        {
            lines.Add($"--account={account}");
        }

        return string.Join('\n', lines.Select(line => "#SBATCH " + line));
    }

    // As this process was started: the program itself, or its library by dotnet.
    private static string Program()
    {
        string process = Environment.ProcessPath!;
        string library = typeof(SlurmScripts).Assembly.Location;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? $"{Quote(process)} {Quote(library)}" : Quote(process);
    }

    private static string Quote(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.' or '/' or '=' or ',') && word.Length > 0
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        byte[] bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return path;
    }
}
