using BenchmarkDotNet.Running;
using Crosspoint.Bench;

// --job Dry, Short, Medium or Long is applied at every vector width; without it the jobs have their default length.
List<string> rest = [.. args];
int job = rest.FindIndex(a => a is "--job" or "-j");
string length = "Default";
if (job >= 0 && job + 1 < rest.Count)
{
    length = rest[job + 1];
    rest.RemoveRange(job, 2);
}

bool failed = BenchmarkSwitcher.FromAssembly(typeof(VectorWidths).Assembly)
    .Run([.. rest], new VectorWidths(length))
    .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success));
return failed ? 1 : 0;
