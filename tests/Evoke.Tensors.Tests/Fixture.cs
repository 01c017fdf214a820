namespace Evoke.Tensors.Tests;

/// <summary>The small files that PyTorch and NumPy wrote; Golden/tensors/README.md says how.</summary>
internal static class Fixture
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "tensors", name);
}
