namespace Evoke.Testing;

/// <summary>Small files with the names and shapes of whole networks: PyTorch archives whose tensors repeat one number, as <c>expand</c> gives them.</summary>
public static class ExpandedWeights
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Names and shapes.</param>
    /// <param name="floats">Numbers in the storage, which determine the size of the file: 6 or more.</param>
    /// <param name="number">The number that all tensors repeat.</param>
    public static void Write(string path, IEnumerable<(string Name, long[] Shape)> parameters, int floats = 6, float number = 1)
    {
        PickleBuilder pickle = new PickleBuilder().Op('}').Text("state_dict").Op('}');
        foreach ((string name, long[] shape) in parameters)
        {
            pickle.Text(name).Tensor("0", floats, 1, shape, new long[shape.Length]).Op('s');
        }

        pickle.Op('s', '.').WriteArchive(path, floats, number);
    }
}
