using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Crosspoint.Devices.Models;

namespace Crosspoint.Devices.Presets;

/// <summary>A parameter of a device model, or of a part of one, as reflection finds it: a property that can be set.</summary>
/// <param name="Name">Its name in a preset file, in lower camel case.</param>
/// <param name="Property">The property.</param>
/// <param name="Unit">Its unit and range, where it has one.</param>
public sealed record ModelParameter(string Name, PropertyInfo Property, UnitAttribute? Unit)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<ModelParameter>> Known = new();

    /// <summary>Its type, without the question mark.</summary>
    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>Whether a value must be given.</summary>
    public bool IsRequired => Property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>The type of its items, where it is a list.</summary>
    public Type? ItemType => ItemOf(Type);

    /// <summary>The parameters of a type, in the order in which they are declared, those of its base first.</summary>
    public static IReadOnlyList<ModelParameter> Of(Type type) => Known.GetOrAdd(type, Reflect);

    /// <summary>What a number may be, in words: <c>a number above 0</c>.</summary>
    /// <param name="what">"a number", "a whole number".</param>
    /// <param name="range">The range; <see langword="null"/> for any.</param>
    public static string Expected(string what, UnitAttribute? range) => range switch
    {
        null => what,
        { Minimum: double.NegativeInfinity, Maximum: double.PositiveInfinity } => what,
        { Maximum: double.PositiveInfinity } => FormattableString.Invariant($"{what} {(range.Above ? "above" : "of at least")} {range.Minimum}"),
        { Minimum: double.NegativeInfinity } => FormattableString.Invariant($"{what} of at most {range.Maximum}"),
        _ => FormattableString.Invariant($"{what} {(range.Above ? "above" : "from")} {range.Minimum} {(range.Above ? "and at most" : "to")} {range.Maximum}"),
    };

    /// <summary>Whether a number lies in a range.</summary>
    public static bool IsIn(double value, UnitAttribute? range) =>
        range is null || ((range.Above ? value > range.Minimum : value >= range.Minimum) && value <= range.Maximum);

    internal static Type? ItemOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type == typeof(string) ? null
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    internal static bool IsModel(Type type) => typeof(DeviceModel).IsAssignableFrom(type);

    private static ModelParameter[] Reflect(Type type) =>
    [
        .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
           orderby Depth(property.DeclaringType!), property.MetadataToken
           select new ModelParameter(
               JsonNamingPolicy.CamelCase.ConvertName(property.Name), property, property.GetCustomAttribute<UnitAttribute>()),
    ];

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
