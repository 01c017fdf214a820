using Evoke.Files;

namespace Evoke.Kernels.Torch;

/// <summary>The requested device is not valid, or this machine does not have it.</summary>
public sealed class ComputeDeviceException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    public ComputeDeviceException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// libtorch could not be loaded, or computes wrong numbers on this machine. If it is not part of the program, the message names the package to add.
/// </summary>
public sealed class TorchUnavailableException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    public TorchUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with the loader's own.</summary>
    public TorchUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The requested precision is not valid, or not available here.</summary>
public sealed class PrecisionException : EvokeException
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>Creates the error.</summary>
    public PrecisionException(string message)
        : base(message)
    {
    }
}
