using Xunit;

namespace Crosspoint.Tests;

/// <summary>Arguments that must be refused at the door.</summary>
internal static class Rejected
{
    /// <summary>The error names the argument and both numbers.</summary>
    public static void With(string argument, object expected, object actual, Func<object?> function) =>
        With(argument, expected, actual, () => { _ = function(); });

    /// <inheritdoc cref="With(string, object, object, Func{object?})"/>
    public static void With(string argument, object expected, object actual, Action action)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(action);
        Assert.Equal(argument, error.ParamName);
        Assert.Contains($"{expected}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{actual}", error.Message, StringComparison.Ordinal);
    }
}
