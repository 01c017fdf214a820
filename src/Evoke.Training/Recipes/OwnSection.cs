using System.Reflection;
using Evoke.Curves;

namespace Evoke.Training.Recipes;

/// <summary>A section of a recipe whose keys belong to one kind of head or loss: <c>head.mine</c>.</summary>
/// <param name="Kind">The kind, which is the section's name.</param>
/// <param name="Type">The type whose properties are its keys.</param>
/// <param name="Create">Makes an object of that type with its defaults.</param>
internal sealed record OwnSection(string Kind, Type Type, Func<object> Create)
{
    /// <summary>False for kinds without keys of their own.</summary>
    public bool HasKeys => RecipeBinder.KeysOf(Type).Any();

    /// <summary>Rejects a type that recipes cannot set.</summary>
    /// <param name="kind">The name of the section.</param>
    /// <param name="type">The type whose properties are its keys.</param>
    /// <param name="parent">The section that it stands in.</param>
    /// <exception cref="ArgumentException">A key is not of a type that recipes have, cannot be set, or repeats another; or the parent has a key of the
    /// section's name.</exception>
    public static void ThrowIfNotBindable(string kind, Type type, Type parent)
    {
        (RecipeKeyAttribute Key, PropertyInfo Property)[] keys = [.. RecipeBinder.KeysOf(type)];
        foreach ((RecipeKeyAttribute key, PropertyInfo property) in keys)
        {
            if (!property.CanWrite || !IsValue(property.PropertyType))
            {
                throw new ArgumentException(
                    $"{type.Name}.{property.Name} cannot be the recipe key '{key.Key}': expected a property with init of type int, double, bool, string, an "
                    + $"enum, Rate, IReadOnlyList<int> or IReadOnlyList<string>; found {property.PropertyType.Name}.",
                    nameof(type));
            }
        }

        if (keys.GroupBy(found => found.Key.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"{type.Name} has the recipe key '{twice.Key}' twice.", nameof(type));
        }

        if (keys.Length > 0 && RecipeBinder.KeysOf(parent).Any(found => found.Key.Key == kind))
        {
            throw new ArgumentException($"'{kind}' is a key of recipes already, so it cannot be the name of a section: choose another name.", nameof(kind));
        }
    }

    private static bool IsValue(Type type) => type.IsEnum || type == typeof(int) || type == typeof(double) || type == typeof(bool) || type == typeof(string)
        || type == typeof(Rate) || type == typeof(IReadOnlyList<int>) || type == typeof(IReadOnlyList<string>);
}

/// <summary>A section of a recipe that names a kind of head or loss.</summary>
internal interface IKindSection
{
    /// <summary>The kind.</summary>
    string Kind { get; }

    /// <summary>The settings of a kind that has keys of its own; null for others.</summary>
    object? OwnSettings { get; }

    /// <summary>The same section with settings of its kind.</summary>
    object With(object? ownSettings);
}
