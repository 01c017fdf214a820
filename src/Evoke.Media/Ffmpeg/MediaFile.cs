using Evoke.Files;

namespace Evoke.Media.Ffmpeg;

/// <summary>The checks and the file name that every use of a media file starts with.</summary>
internal static class MediaFile
{
    /// <summary>The arguments that restrict ffmpeg and ffprobe to this one file, whatever it contains.</summary>
    /// <remarks>
    /// No network; no playlist, script or pattern of images that would open other files: hls, dash, concat, image2, imf, vobsub and the like are not on
    /// the list.
    /// https://ffmpeg.org/ffmpeg-protocols.html, https://ffmpeg.org/ffmpeg-formats.html#Format-Options
    /// </remarks>
    public static IReadOnlyList<string> SafetyArguments { get; } = ["-protocol_whitelist", "file,pipe", "-format_whitelist", FormatWhitelist];

    private const string FormatWhitelist =
        // Containers of films.
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,ogg,flv,live_flv,asf,asf_o,mxf,gxf,nut,rm,ivf,wtv,nsv,nuv,pva,ty,dv,swf,vivo,"
        + "film_cpk,bink,smk,roq,lvf,mv,pmp,dhav,kux,yuv4mpegpipe,gif,apng,flic,"
        // Raw video streams.
        + "h261,h263,h264,hevc,m4v,vc1,vc1test,av1,obu,mjpeg,cavsvideo,avs2,avs3,dirac,dnxhd,"
        // Sound.
        + "wav,w64,aiff,au,caf,voc,mp3,aac,ac3,eac3,dts,dtshd,flac,ape,wv,tta,tak,mpc,mpc8,amr,amrnb,amrwb,truehd,mlp,loas,shn,oma,qcp,aa,aax,"
        + "xwma,dsf,iff,sox,aea,gsm,g722,rso,oss,wsaud";

    /// <summary>The name in the form that ffmpeg reads as a file name, whatever the file is called ('-i', 'a:b', '%d').</summary>
    public static string Argument(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Checks that there is something to read.</summary>
    /// <returns>The size in bytes.</returns>
    /// <exception cref="MediaException">The file is missing, a folder, empty, or we may not read it.</exception>
    public static long Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw (MediaException?)Unreadable(path) ?? new MediaFileIsFolderException(path);
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new MediaFileMissingException(path);
        }

        if (FileKind.SpecialName(path) is { } special)
        {
            throw new MediaFileNotRegularException(path, special);
        }

        try
        {
            if (file.Length == 0)
            {
                throw new MediaFileEmptyException(path);
            }

            using FileStream opened = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new MediaFileUnreadableException(path, e);
        }

        return file.Length;
    }

    // A folder that could not be searched for films.
    private static MediaFileUnreadableException? Unreadable(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return new MediaFileUnreadableException(folder, e);
        }
    }
}
