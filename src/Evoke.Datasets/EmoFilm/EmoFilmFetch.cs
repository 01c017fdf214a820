using Evoke.Files;

namespace Evoke.Datasets.EmoFilm;

/// <summary>Downloads files of Emo-FilM; those that are already there and whole are kept.</summary>
/// <param name="client">Sends the requests; its timeout should be infinite.</param>
/// <param name="address">The address that the files' paths follow.</param>
/// <param name="options">How long and how often to try.</param>
internal sealed class EmoFilmFetch(HttpClient client, Uri address, DownloadOptions options)
{
    private const int AtOnce = 8; // The files are small: most of the time is spent waiting for answers.
    private const string LockName = "lock";
    private const string PartSuffix = ".part";

    /// <summary>Downloads what is missing or not whole.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folder">Where they go, each under its path; it is created.</param>
    /// <param name="progress">Receives the number of files so far, from several threads.</param>
    /// <param name="cancellationToken">Stops it; what has arrived is kept, and the next run continues from there.</param>
    /// <returns>How many were downloaded.</returns>
    /// <exception cref="DownloadException">The server refuses a file, or the connection broke too often.</exception>
    /// <exception cref="LengthMismatchException">A file is not as long as the published one.</exception>
    /// <exception cref="HashMismatchException">A file is not the published one.</exception>
    /// <exception cref="FileWriteException">The folder cannot be written to, or the disk is full.</exception>
    public async Task<int> RunAsync(IReadOnlyList<EmoFilmFile> files, string folder, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        WritableFolder.Create(folder);
        using FileLock held = await FileLock.TakeAsync(Path.Combine(folder, LockName), () => { }, cancellationToken).ConfigureAwait(false);
        int done = 0, fetched = 0;
        try
        {
            await Parallel.ForEachAsync(
                files,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (file, token) =>
                {
                    string target = file.In(folder);
                    if (!IsWhole(file, target, token))
                    {
                        WritableFolder.Create(Path.GetDirectoryName(target)!);
                        await FetchAsync(file, target, token).ConfigureAwait(false);
                        Interlocked.Increment(ref fetched);
                    }

                    progress?.Report(Interlocked.Increment(ref done));
                }).ConfigureAwait(false);
        }
        finally
        {
            RemoveEmptyFolders(files, folder);
        }

        return fetched;
    }

    // Folders whose files did not arrive: a list of empty folders would look like ratings.
    private static void RemoveEmptyFolders(IReadOnlyList<EmoFilmFile> files, string folder)
    {
        foreach (string? parent in files.Select(file => Path.GetDirectoryName(file.In(folder))).Distinct(StringComparer.Ordinal))
        {
            for (string? at = parent; at is not null && at != folder && IsEmpty(at); at = Path.GetDirectoryName(at))
            {
                Directory.Delete(at);
            }
        }
    }

    private static bool IsEmpty(string folder) => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any();

    private static bool IsWhole(EmoFilmFile file, string path, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length == file.Bytes && FileHashes.Compute(path, null, cancellationToken) == file.Sha256;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private async Task FetchAsync(EmoFilmFile file, string target, CancellationToken cancellationToken)
    {
        Uri from = new(address.AbsoluteUri.TrimEnd('/') + "/" + file.Path);
        PartialFile part = new(target + PartSuffix);
        FileDownload download = new(client, options, progress: null);
        for (bool isResumed = part.Length > 0; ; isResumed = false)
        {
            try
            {
                await download.FetchAsync(from, file.Bytes, hashIsKnown: true, part, cancellationToken).ConfigureAwait(false);
                string found = FileHashes.Compute(part.DataPath, null, cancellationToken);
                if (found != file.Sha256)
                {
                    throw new HashMismatchException(from.AbsoluteUri, file.Sha256, found);
                }

                part.MoveTo(target);
                return;
            }
            catch (DownloadException error)
            {
                throw new DownloadException(
                    from,
                    $"{error.Message[(error.Address.ToString().Length + 2)..]} Without internet, copy the folder of the ratings from a machine "
                    + "that has them, and name it with --ratings.",
                    error);
            }
            catch (EvokeException error) when (error is HashMismatchException or LengthMismatchException)
            {
                part.Delete();
                if (!isResumed)
                {
                    throw;
                }

                // The older part may have been the bad one: once more, from the start.
            }
        }
    }
}
