using Evoke.Files;
using Evoke.Kernels.Parameters;
using Evoke.Tensors;
using Evoke.Tensors.AnyFormat;

namespace Evoke.Encoders.Weights;

/// <summary>The weights of one encoder while its network is built: the open file, its state dictionary, its hash. Dispose once the network is
/// built.</summary>
internal sealed class EncoderWeights : IDisposable
{
    private readonly TensorFile _file;

    private EncoderWeights(TensorFile file, string sha256)
    {
        _file = file;
        Sha256 = sha256;
        Parameters = new TensorFileStateDict(file);
    }

    /// <summary>The parameters by name; read from the file's memory map when the network asks for them.</summary>
    public IStateDict Parameters { get; }

    /// <summary>The file's SHA-256 in lower-case hex: features carry it.</summary>
    public string Sha256 { get; }

    /// <summary>Where the file is, for errors.</summary>
    public string Path => _file.Path;

    /// <summary>Opens a local file, or the one in the store.</summary>
    /// <param name="name">The encoder's name in <see cref="WeightRegistry"/>; it may be any other if <paramref name="file"/> is given.</param>
    /// <param name="file">A file of weights in any format that <see cref="WeightFile"/> opens; null for the store's.</param>
    /// <param name="home">The folder of <see cref="EvokeHome"/>; null for the usual one.</param>
    /// <exception cref="UnknownWeightsException">No file is given and the registry has no such name.</exception>
    /// <exception cref="WeightsNotInstalledException">No file is given and the store has none; the message says how to get it.</exception>
    /// <exception cref="TensorFileException">The file is not a valid weight file.</exception>
    public static EncoderWeights Open(string name, string? file = null, string? home = null)
    {
        if (file is null)
        {
            InstalledWeights installed = new WeightStore(home).Get(name);
            return new EncoderWeights(WeightFile.Open(installed.Path), installed.Sha256);
        }

        TensorFile open = WeightFile.Open(file);
        try
        {
            return new EncoderWeights(open, new FileHashes(home).Sha256Of(file));
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
