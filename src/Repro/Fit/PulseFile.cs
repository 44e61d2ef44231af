using System.Globalization;

namespace Crosspoint.Repro.Fit;

/// <summary>Reads measured pulse responses: <c>pulse,direction,device,weight</c>, as <c>crosspoint device pulse --csv</c> writes them.</summary>
internal static class PulseFile
{
    private static readonly string[] Columns = ["pulse", "direction", "device", "weight"];

    /// <summary>Reads a file; the rows may come in any order, further columns are not looked at.</summary>
    /// <exception cref="InvalidDataException">A row is malformed, a pulse is missing or comes twice, or there is no pulse at all.</exception>
    public static IReadOnlyList<PulseSeries> Read(string path)
    {
        using StreamReader reader = new(path);
        return Read(reader, Path.GetFileName(path));
    }

    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyList<PulseSeries> Read(TextReader reader, string file)
    {
        string header = reader.ReadLine() ?? throw new InvalidDataException($"{file}: expected the header {string.Join(',', Columns)}, got an empty file");
        string[] names = [.. header.TrimStart('\uFEFF').Split(',').Select(name => name.Trim())];
        int[] at = [.. Columns.Select(column => Array.IndexOf(names, column))];
        if (at.Contains(-1))
        {
            throw new InvalidDataException($"{file}:1: expected the header {string.Join(',', Columns)}, got '{Cut(header)}'");
        }

        SortedDictionary<int, SortedDictionary<int, Row>> devices = [];
        int line = 1;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.AsSpan().Trim().Length > 0)
            {
                Row row = Parse(text, at, names.Length, file, line);
                if (!devices.TryGetValue(row.Device, out SortedDictionary<int, Row>? pulses))
                {
                    devices[row.Device] = pulses = [];
                }

                if (!pulses.TryAdd(row.Pulse, row))
                {
                    throw new InvalidDataException(
                        $"{file}:{line}: expected each pulse of a device once, got pulse {row.Pulse} of device {row.Device} as in line {pulses[row.Pulse].Line}");
                }
            }
        }

        PulseSeries[] series = [.. devices.Values.Select(pulses => Series([.. pulses.Values], file))];
        return series.Length > 0 ? series : throw new InvalidDataException($"{file}: expected rows behind the header, got none");
    }

    private static PulseSeries Series(Row[] rows, string file)
    {
        if (rows[0].Direction != "start")
        {
            throw new InvalidDataException(
                $"{file}:{rows[0].Line}: direction: expected start in the first row of device {rows[0].Device}, the weight before any pulse, got {rows[0].Direction}");
        }

        for (int k = 1; k < rows.Length; k++)
        {
            if (rows[k].Pulse != rows[k - 1].Pulse + 1)
            {
                throw new InvalidDataException(
                    $"{file}:{rows[k].Line}: pulse: expected pulse {rows[k - 1].Pulse + 1} of device {rows[k].Device}, got {rows[k].Pulse}");
            }

            if (rows[k].Direction == "start")
            {
                throw new InvalidDataException($"{file}:{rows[k].Line}: direction: expected up or down behind the first row of a device, got start");
            }
        }

        return PulseSeries.Of(rows[0].Device, [.. rows.Select(row => row.Weight)], [.. rows.Skip(1).Select(row => row.Direction == "up")]);
    }

    private static Row Parse(string text, int[] at, int columns, string file, int line)
    {
        string[] cells = text.Split(',');
        if (cells.Length != columns)
        {
            throw new InvalidDataException($"{file}:{line}: expected {columns} columns, got {cells.Length}: '{Cut(text)}'");
        }

        string Cell(int column) => cells[at[column]].Trim();
        int Whole(int column) => int.TryParse(Cell(column), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new InvalidDataException($"{file}:{line}: {Columns[column]}: expected a whole number of at least 0, got '{Cut(Cell(column))}'");
        string direction = Cell(1) is "start" or "up" or "down"
            ? Cell(1)
            : throw new InvalidDataException($"{file}:{line}: direction: expected start, up or down, got '{Cut(Cell(1))}'");
        return double.TryParse(Cell(3), NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && double.IsFinite(weight)
            ? new Row(line, Whole(0), direction, Whole(2), weight)
            : throw new InvalidDataException($"{file}:{line}: weight: expected a finite number, got '{Cut(Cell(3))}'");
    }

    private static string Cut(string text) => text.Length > 60 ? text[..60] + "..." : text;

    private readonly record struct Row(int Line, int Pulse, string Direction, int Device, double Weight);
}
