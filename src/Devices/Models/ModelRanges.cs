using System.Collections.Concurrent;
using System.Reflection;

namespace Crosspoint.Devices.Models;

/// <summary>Checks the parameters of a device model against the ranges that stand beside them.</summary>
internal static class ModelRanges
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, UnitAttribute Unit)[]> Known = new();

    /// <summary>Every parameter in its range, no spread below 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not; the error has its name and both numbers.</exception>
    public static void Require(object model)
    {
        foreach ((PropertyInfo property, UnitAttribute unit) in Known.GetOrAdd(model.GetType(), Parameters))
        {
            switch (property.GetValue(model))
            {
                case Spread spread:
                    Require(property.Name, spread.Mean, unit);
                    Devices.Require.NotNegative($"{property.Name}.{nameof(Spread.Deviation)}", spread.Deviation);
                    RequireKind($"{property.Name}.{nameof(Spread.Law)}", spread.Law);
                    break;
                case Enum kind:
                    RequireKind(property.Name, kind);
                    break;
                case float value:
                    Require(property.Name, value, unit);
                    break;
                case int value:
                    Require(property.Name, value, unit);
                    break;
            }
        }
    }

    private static (PropertyInfo, UnitAttribute)[] Parameters(Type type) =>
    [
        .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           let unit = property.GetCustomAttribute<UnitAttribute>()
           where unit is not null
           select (property, unit),
    ];

    private static void Require(string name, double value, UnitAttribute unit)
    {
        bool aboveLeast = unit.Above ? value > unit.Minimum : value >= unit.Minimum;
        if (!(double.IsFinite(value) && aboveLeast && value <= unit.Maximum))
        {
            string least = double.IsInfinity(unit.Minimum) ? "" : unit.Above ? $" above {unit.Minimum}" : $" of at least {unit.Minimum}";
            string most = double.IsInfinity(unit.Maximum) ? "" : $"{(least.Length > 0 ? " and" : "")} at most {unit.Maximum}";
            throw new ArgumentOutOfRangeException(name, value, $"{name}: expected a finite number{least}{most}, got {value}.");
        }
    }

    private static void RequireKind(string name, Enum value)
    {
        if (!Enum.IsDefined(value.GetType(), value))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name}: expected one of {string.Join(", ", Enum.GetNames(value.GetType()))}, got {value}.");
        }
    }
}
