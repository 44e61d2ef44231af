namespace Crosspoint.Repro.Experiments;

/// <summary>Every parameter in force of one run, by name, in declaration order.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<string, object> values;

    /// <summary>Takes the values as they are; the runner has checked names, types and ranges.</summary>
    public ParameterValues(IEnumerable<KeyValuePair<string, object>> values) => this.values = new(values);

    /// <summary>The values in declaration order.</summary>
    public IEnumerable<KeyValuePair<string, object>> All => values;

    /// <summary>Whether the experiment declares a parameter of this name.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>A whole number.</summary>
    public int Whole(string name) => (int)values[name];

    /// <summary>A number.</summary>
    public double Number(string name) => (double)values[name];

    /// <summary>A yes or no.</summary>
    public bool Flag(string name) => (bool)values[name];

    /// <summary>A word.</summary>
    public string Text(string name) => (string)values[name];

    /// <summary>A word that names a member of an enumeration, in any case.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum => System.Enum.Parse<T>((string)values[name], ignoreCase: true);
}
