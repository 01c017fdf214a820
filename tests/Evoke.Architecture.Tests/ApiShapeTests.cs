using System.Reflection;

namespace Evoke.Architecture.Tests;

/// <summary>What holds for all public methods of the libraries.</summary>
public sealed class ApiShapeTests
{
    // Programs, not libraries.
    private static readonly string[] s_programs = ["Evoke.Cli", "Evoke.Studio"];

    // Each has its token elsewhere: in the delegate that writes, in the token that the reader was opened with, or in the overload with one.
    private static readonly string[] s_exceptions =
    [
        "AtomicFile.WriteAsync", "AtomicFile.WriteWithAsync", "MediaReader.DisposeAsync", "WrittenStream.DisposeAsync",
    ];

    [Fact]
    public void WhatIsAsynchronousOrReportsProgressCanBeCancelled() => Methods()
        .Where(method => IsAsynchronous(method.ReturnType) || method.GetParameters().Any(parameter => IsOf(parameter.ParameterType, typeof(IProgress<>))))
        .Where(method => method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken)))
        .Select(NameOf).Except(s_exceptions).ShouldBeEmpty();

    [Fact]
    public void ProgressIsReportedToIProgress() => Methods()
        .Where(method => method.GetParameters().Any(parameter =>
            parameter.Name!.Contains("progress", StringComparison.OrdinalIgnoreCase)
            && parameter.ParameterType.Name.StartsWith("Action", StringComparison.Ordinal)))
        .Select(NameOf).ShouldBeEmpty();

    private static MethodInfo[] Methods()
    {
        MethodInfo[] methods =
        [
            .. SourceProject.Names.Except(s_programs).Select(name => Path.Combine(AppContext.BaseDirectory, $"{name}.dll")).Where(File.Exists)
                .SelectMany(path => Assembly.LoadFrom(path).GetExportedTypes())
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => method.GetBaseDefinition().DeclaringType?.Namespace?.StartsWith("Evoke", StringComparison.Ordinal) == true),
        ];
        methods.Length.ShouldBeGreaterThan(100);
        return methods;
    }

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || IsOf(type, typeof(Task<>)) || IsOf(type, typeof(ValueTask<>)) || IsOf(type, typeof(IAsyncEnumerable<>));

    private static bool IsOf(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
