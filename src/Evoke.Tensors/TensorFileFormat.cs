namespace Evoke.Tensors;

/// <summary>How a file of tensors is laid out.</summary>
public enum TensorFileFormat
{
    /// <summary>safetensors.</summary>
    SafeTensors,

    /// <summary>What <c>torch.save</c> writes since PyTorch 1.6: a zip archive with a pickle and one entry per storage.</summary>
    TorchZip,

    /// <summary>What <c>torch.save</c> wrote before PyTorch 1.6: a sequence of pickles, then the storages.</summary>
    TorchLegacy,

    /// <summary>NumPy's zip archive of arrays.</summary>
    NumpyZip,

    /// <summary>One NumPy array.</summary>
    NumpyArray,
}
