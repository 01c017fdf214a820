using System.Xml.Linq;
using Mono.Cecil;

namespace Evoke.Architecture.Tests;

/// <summary>The public classes, structs and interfaces of an assembly, and what their XML documentation says.</summary>
internal sealed class TypeDocuments
{
    private readonly string[] _types;
    private readonly Dictionary<string, string> _texts;

    private TypeDocuments(string[] types, Dictionary<string, string> texts) => (_types, _texts) = (types, texts);

    /// <summary>Reads the assembly of this name, and its documentation, beside the tests.</summary>
    public static TypeDocuments Of(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        string documentation = Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml");
        return new TypeDocuments(
            [.. module.GetTypes().Where(IsPublic).Where(IsUsedByThreads).Select(type => $"T:{type.FullName.Replace('/', '.')}").Order(StringComparer.Ordinal)],
            File.Exists(documentation) ? TextsOf(XDocument.Load(documentation)) : []); // the package Evoke has no types, and so no documentation
    }

    /// <summary>Forgets what is said of a type.</summary>
    public void Remove(string type) => _texts.Remove(type);

    /// <summary>The types that do not say whether several threads may use them at once, in ordinal order.</summary>
    public IEnumerable<string> WithoutThreads() =>
        _types.Where(type => !_texts.TryGetValue(type, out string? text) || !text.Contains("thread", StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, string> TextsOf(XDocument documentation) => documentation.Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Value, StringComparer.Ordinal);

    private static bool IsPublic(TypeDefinition type) =>
        type.IsPublic || (type.IsNestedPublic && IsPublic(type.DeclaringType));

    // The compiler writes Program, which has no namespace. Exceptions are thrown by one thread and never changed.
    private static bool IsUsedByThreads(TypeDefinition type) =>
        (type.Namespace.Length > 0 || type.IsNested)
        && !type.IsEnum
        && type.BaseType?.FullName != typeof(MulticastDelegate).FullName
        && !type.Name.EndsWith("Exception", StringComparison.Ordinal)
        && !type.Name.EndsWith("Attribute", StringComparison.Ordinal)
        && !IsConstantsOnly(type);

    private static bool IsConstantsOnly(TypeDefinition type) =>
        type is { IsAbstract: true, IsSealed: true, HasMethods: false } && type.Fields.All(field => field.IsLiteral);
}
