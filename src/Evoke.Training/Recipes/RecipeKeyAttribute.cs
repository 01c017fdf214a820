namespace Evoke.Training.Recipes;

/// <summary>The name of a property in recipe files and on the command line, and its range of numbers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RecipeKeyAttribute(string key) : Attribute
{
    /// <summary>The key within its section: lower case, words joined by underscores.</summary>
    public string Key { get; } = key;

    /// <summary>The smallest number allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest number allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>True if the smallest number itself is not allowed.</summary>
    public bool MinimumExcluded { get; init; }

    /// <summary>True if the largest number itself is not allowed.</summary>
    public bool MaximumExcluded { get; init; }
}
