using System.Reflection;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>The properties of kernels, which elsewhere take lengths at random, at each length from 0 to 130, and each number of lines from 1 on.</summary>
public class EveryLengthTests
{
    private const int Longest = 130;

    /// <summary>Class and name of every property that takes a length or a number of lines.</summary>
    public static TheoryData<string, string> Properties
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (MethodInfo method in typeof(EveryLengthTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(TakesLength))
            {
                names.Add(method.DeclaringType!.FullName!, method.Name);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Holds_at_every_length(string type, string property)
    {
        Type tests = typeof(EveryLengthTests).Assembly.GetType(type)!;
        MethodInfo method = tests.GetMethod(property)!;
        object instance = Activator.CreateInstance(tests)!;
        for (int length = 0; length <= Longest; length++)
        {
            try
            {
                method.Invoke(instance, [.. method.GetParameters().Select((parameter, n) => Argument(parameter.ParameterType, length, n))]);
            }
            catch (TargetInvocationException error)
            {
                Assert.Fail($"length {length}: {error.InnerException}");
            }
        }
    }

    private static bool TakesLength(MethodInfo method) =>
        method.GetCustomAttribute<PropertyAttribute>() is not null
        && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Length) || parameter.ParameterType == typeof(Size));

    private static object Argument(Type type, int length, int n) =>
        type == typeof(Length) ? new Length(length)
        : type == typeof(Size) ? new Size(1 + (length * (n + 1) % Longest)) // all of them, in another order for each parameter
        : type == typeof(Slots) ? new Slots(1 + (length % 70))
        : type == typeof(Address) ? new Address(new((ulong)n, 7, (ulong)length))
        : type == typeof(DataSeed) ? new DataSeed(length)
        : type == typeof(bool) ? length % 2 == 0
        : throw new NotSupportedException($"expected one of the generated types, got {type}");
}
