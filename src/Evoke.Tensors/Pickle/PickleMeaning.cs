namespace Evoke.Tensors.Pickle;

/// <summary>What a global name in a pickle is to this reader.</summary>
internal enum PickleMeaning
{
    /// <summary>Read past, never looked into: bookkeeping beside the weights.</summary>
    Inert,

    /// <summary>collections.OrderedDict.</summary>
    OrderedDictionary,

    /// <summary>torch._utils._rebuild_tensor and its version 2.</summary>
    RebuildTensor,

    /// <summary>torch._utils._rebuild_parameter.</summary>
    RebuildParameter,

    /// <summary>torch.FloatStorage and its kin.</summary>
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
