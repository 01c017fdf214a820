using System.Security.Cryptography;
using System.Text;
using Evoke.Files;

namespace Evoke.Encoders.Onnx;

/// <summary>All files of an ONNX network: the one that is named, and those in which it keeps weights.</summary>
internal static class OnnxFiles
{
    /// <summary>The other files in which a network keeps weights, relative to its folder.</summary>
    /// <exception cref="OnnxModelException">It is not an ONNX file, or one of them is missing or outside its folder.</exception>
    public static IReadOnlyList<string> Beside(string path)
    {
        IReadOnlyList<string> locations = OnnxExternalData.LocationsIn(path);
        foreach (string location in locations)
        {
            PathOf(path, location);
        }

        return locations;
    }

    /// <summary>True for a file that has the form of an ONNX file, whether it can be run or not. PyTorch's and other files of weights have not.</summary>
    public static bool IsOnnx(string path)
    {
        try
        {
            OnnxExternalData.LocationsIn(path);
            return true;
        }
        catch (OnnxModelException)
        {
            return false; // The caller says so.
        }
    }

    /// <summary>One hash of all files: that of the ONNX file if it is alone, else that of the list of all hashes.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="hashes">Remembers the hashes of files that have not changed.</param>
    /// <returns>A SHA-256 in lower-case hex.</returns>
    /// <exception cref="OnnxModelException">It is not an ONNX file, or a file with its weights is missing or outside its folder.</exception>
    public static string Sha256Of(string path, FileHashes hashes)
    {
        IReadOnlyList<string> locations = OnnxExternalData.LocationsIn(path);
        string[] others = [.. locations.Select(location => PathOf(path, location))];
        try
        {
            string own = hashes.Sha256Of(path);
            if (others.Length == 0)
            {
                return own;
            }

            // As sha256sum lists files, but the name of the first does not count.
            StringBuilder list = new($"{own}\n");
            foreach ((string location, string other) in locations.Zip(others))
            {
                list.Append(hashes.Sha256Of(other)).Append("  ").Append(location).Append('\n');
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OnnxModelException(path, $"its files cannot be read: {PlainMessage.Of(error)}", error);
        }
    }

    private static string PathOf(string path, string location)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string full = location.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Combine(folder, location));
        string inner = full.Length == 0 ? ".." : Path.GetRelativePath(folder, full);
        if (location.Length == 0 || Path.IsPathRooted(location) || inner == "." || inner.Split('/', '\\')[0] == "..")
        {
            throw new OnnxModelException(path, $"it keeps weights in '{location}'; expected a file in its own folder or below, which is all that is opened.");
        }

        return File.Exists(full)
            ? full
            : throw new OnnxModelException(path, $"it keeps weights in the file '{location}', which is not beside it. Copy all files of the network.");
    }
}
