using System.Collections;
using System.Text;
using PureHDF.VOL.Native;

namespace Evoke.Features.Hdf5;

/// <summary>
/// Checks where the symbolic links of a file lead before PureHDF 2.2.0 follows them: a link to itself ends the process by a stack overflow, and one to another
/// file opens that.
/// </summary>
/// <remarks>All that stands beside datasets is refused anyway, so that no link can lead through a group.</remarks>
internal static class Hdf5Links
{
    private const int ShortestPath = 3; // "g/x"

    /// <summary>Throws if a link at the root leads to anything but what stands beside it.</summary>
    /// <exception cref="Hdf5FeatureException">A link does.</exception>
    public static void ThrowIfElsewhere(string path, NativeFile file)
    {
        object[] messages =
        [
            .. ((IEnumerable)Hdf5Inside.Get(Hdf5Inside.Get(file, "Header")!, "HeaderMessages")!).Cast<object>()
                .Select(message => Hdf5Inside.Get(message, "Data")).OfType<object>(),
        ];
        foreach (object table in messages.Where(message => Is(message, "SymbolTableMessage")))
        {
            ThrowIfThroughGroups(path, (byte[])Hdf5Inside.Get(Hdf5Inside.Get(table, "LocalHeap")!, "Data")!);
        }

        ThrowIfElsewhere(
            path,
            [.. messages.Where(message => Is(message, "LinkMessage")), .. messages.Where(message => Is(message, "LinkInfoMessage")).SelectMany(Indexed)]);

        IEnumerable<object> Indexed(object info)
        {
            object superblock = Hdf5Inside.Get(Hdf5Inside.Get(file, "Context")!, "Superblock")!;
            bool isCompact = (bool)Hdf5Inside.Call(superblock, "IsUndefinedAddress", Hdf5Inside.Get(info, "BTree2NameIndexAddress")!)!;
            return isCompact ? [] : ((IEnumerable)Hdf5Inside.Call(file, "EnumerateLinkMessagesFromLinkInfoMessage", info)!).Cast<object>();
        }
    }

    private static void ThrowIfElsewhere(string path, object[] links)
    {
        Dictionary<string, bool> isHard = new(StringComparer.Ordinal); // The library takes the first of a name.
        foreach (object link in links)
        {
            isHard.TryAdd((string)Hdf5Inside.Get(link, "LinkName")!, Is(Hdf5Inside.Get(link, "LinkInfo")!, "HardLinkInfo"));
        }

        foreach (object link in links)
        {
            object to = Hdf5Inside.Get(link, "LinkInfo")!;
            if (Is(to, "ExternalLinkInfo"))
            {
                throw new Hdf5FeatureException(path, $"'{Hdf5Inside.Get(link, "LinkName")}' is a link to another file, which is not opened.");
            }

            if (Is(to, "SoftLinkInfo") && (string)Hdf5Inside.Get(to, "Value")! is var target
                && !isHard.GetValueOrDefault(target.StartsWith('/') ? target[1..] : target))
            {
                throw new Hdf5FeatureException(path, $"the link '{Hdf5Inside.Get(link, "LinkName")}' leads to '{target}', which is no dataset beside it.");
            }
        }
    }

    // In older files the heap of the root holds all names, and all that links lead to; names have no slash.
    private static void ThrowIfThroughGroups(string path, byte[] heap)
    {
        string? target = Encoding.UTF8.GetString(heap).Split('\0').FirstOrDefault(text => text.Length >= ShortestPath && text.IndexOf('/', 1) > 0);
        if (target is not null)
        {
            throw new Hdf5FeatureException(path, $"a link leads to '{target}', which is no dataset beside it.");
        }
    }

    private static bool Is(object record, string type) => record.GetType().Name == type;
}
