namespace Evoke.Files;

/// <summary>The disk has no room for a file of known size. Nothing was written.</summary>
public sealed class InsufficientDiskSpaceException(string folder, long needed, long available)
    : EvokeException($"{folder}: {needed / 1_000_000} MB are needed, {available / 1_000_000} MB are free.");
