using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Evoke.Architecture.Tests;

/// <summary>Which types of an assembly use which others, read from its metadata and code. A nested type counts as the type around it.</summary>
internal sealed class TypeUses
{
    private readonly HashSet<(string From, string To)> _folders = [];
    private readonly Dictionary<(string From, string To), string> _examples = [];

    private TypeUses(ModuleDefinition module)
    {
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (TypeReference? used in UsesOf(type))
            {
                Add(type, used);
            }
        }
    }

    /// <summary>Folder to folder: a namespace is a folder, and its own files are a node of their own.</summary>
    public IReadOnlySet<(string From, string To)> Folders => _folders;

    /// <summary>Reads the assembly of this name beside the tests.</summary>
    public static TypeUses Of(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        return new TypeUses(module);
    }

    /// <summary>An example of a reference between two folders, for messages.</summary>
    public string Example((string From, string To) arrow) => _examples[arrow];

    private static IEnumerable<TypeReference?> UsesOf(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(constraint => constraint.ConstraintType)),
        .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Events.Select(happening => happening.EventType),
        .. type.Properties.Select(property => property.PropertyType),
        .. type.Methods.SelectMany(UsesOf),
    ];

    private static IEnumerable<TypeReference?> UsesOf(MethodDefinition method) =>
    [
        .. Signature(method),
        .. method.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(constraint => constraint.ConstraintType)),
        .. method.HasBody ? UsesOf(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> UsesOf(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => UsesOf(instruction.Operand)),
    ];

    private static IEnumerable<TypeReference?> UsesOf(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. Signature(method), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private void Add(TypeDefinition user, TypeReference? used)
    {
        switch (used)
        {
            case null or GenericParameter or FunctionPointerType:
                return;
            case GenericInstanceType generic:
                Add(user, generic.ElementType);
                foreach (TypeReference argument in generic.GenericArguments)
                {
                    Add(user, argument);
                }

                return;
            case TypeSpecification specification:
                Add(user, specification.ElementType);
                return;
            default:
                AddArrow(Outermost(user), Outermost(used));
                return;
        }
    }

    private void AddArrow(TypeReference user, TypeReference used)
    {
        bool isOfThisAssembly = used is TypeDefinition || used.Scope == user.Module;
        if (isOfThisAssembly && user.Namespace != used.Namespace && user.Namespace.Length > 0 && used.Namespace.Length > 0)
        {
            _folders.Add((user.Namespace, used.Namespace));
            _examples.TryAdd((user.Namespace, used.Namespace), $"{user.Name} uses {used.Name}");
        }
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } around ? Outermost(around) : type;
}
