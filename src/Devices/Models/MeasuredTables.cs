namespace Crosspoint.Devices.Models;

/// <summary>What models of measured tables have in common.</summary>
internal static class MeasuredTables
{
    /// <summary>Entries of one table of so many numbers.</summary>
    public static int Entries(string name, int length, int tables)
    {
        Require.InRange("Devices", 1, ushort.MaxValue, tables);
        if (length == 0 || length % tables != 0)
        {
            throw new ArgumentException($"{name}: expected a whole number of entries for each of {tables} devices, got {length} in all.", name);
        }

        return length / tables;
    }

    /// <summary>Half the distance between the mean up and down steps at zero weight, or where the range comes closest to it.</summary>
    public static float MinStep(DeviceModel model, float min, float max)
    {
        double zero = Math.Max(Math.Min(0, max), min);
        float step = (float)((model.MeanStep(zero, isUp: true) - model.MeanStep(zero, isUp: false)) / 2);
        Require.Positive("(up - down) / 2 at zero weight", step);
        return step;
    }
}
