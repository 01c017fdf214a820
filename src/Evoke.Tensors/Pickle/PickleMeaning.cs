namespace Evoke.Tensors.Pickle;

/// <summary>The meaning of a global name in a pickle.</summary>
internal enum PickleMeaning
{
    /// <summary>Skipped without being looked at: bookkeeping next to the weights.</summary>
    Inert,

    /// <summary>collections.OrderedDict.</summary>
    OrderedDictionary,

    /// <summary>torch._utils._rebuild_tensor and its version 2.</summary>
    RebuildTensor,

    /// <summary>torch._utils._rebuild_parameter.</summary>
    RebuildParameter,

    /// <summary>torch.FloatStorage and the like.</summary>
    StorageType,

    /// <summary>torch.Size: a tuple.</summary>
    Size,

    /// <summary>numpy.core.multiarray._reconstruct: an empty array.</summary>
    ArrayReconstruct,

    /// <summary>numpy.dtype.</summary>
    ArrayType,

    /// <summary>_codecs.encode: bytes, as pickle protocol 2 writes them.</summary>
    EncodeText,
}
