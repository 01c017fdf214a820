using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Torch;

/// <summary>Calls of TorchScript whose arguments live until the call is done.</summary>
/// <remarks>
/// TorchSharp's own <c>invoke</c> makes a native scalar of each number in a method of its own, keeps only its address, and so lets the garbage
/// collector free it before libtorch reads it. Here the scalars belong to the call. Thread-safe, as the called module is.
/// </remarks>
public static class ScriptCalls
{
    /// <summary>Calls <paramref name="method"/> of <paramref name="module"/>; the caller owns the result.</summary>
    /// <param name="module">A loaded module.</param>
    /// <param name="method">One of its methods, which returns one tensor.</param>
    /// <param name="arguments">Tensors, arrays of tensors, null, and numbers as long, int, double, float or bool.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch refuses the arguments.</exception>
    public static Tensor CallMethod(this jit.ScriptModule module, string method, params object?[] arguments) =>
        Call(held => module.invoke(method, held), arguments);

    /// <summary>Calls <paramref name="function"/> of <paramref name="unit"/>; the caller owns the result.</summary>
    /// <param name="unit">A compiled unit.</param>
    /// <param name="function">One of its functions, which returns one tensor.</param>
    /// <param name="arguments">Tensors, arrays of tensors, null, and numbers as long, int, double, float or bool.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch refuses the arguments.</exception>
    public static Tensor CallFunction(this jit.CompilationUnit unit, string function, params object?[] arguments) =>
        Call(held => unit.invoke(function, held), arguments);

    private static Tensor Call(Func<object?[], object> invoke, object?[] arguments)
    {
        object?[] held = [.. arguments.Select(argument => ScalarOf(argument) ?? argument)];
        try
        {
            return (Tensor)invoke(held);
        }
        finally
        {
            foreach (Scalar scalar in held.OfType<Scalar>())
            {
                scalar.Dispose();
            }
        }
    }

    private static Scalar? ScalarOf(object? argument) => argument switch
    {
        long number => number.ToScalar(),
        int number => ((long)number).ToScalar(),
        double number => number.ToScalar(),
        float number => number.ToScalar(),
        bool truth => truth.ToScalar(),
        _ => null,
    };
}
