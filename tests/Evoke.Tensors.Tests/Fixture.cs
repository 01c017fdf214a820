namespace Evoke.Tensors.Tests;

/// <summary>Small files written by PyTorch and NumPy; Golden/tensors/README.md says how.</summary>
internal static class Fixture
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "tensors", name);
}
