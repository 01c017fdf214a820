using System.Globalization;
using System.Runtime.Versioning;

namespace Evoke.Cluster.Tests.Slurm;

/// <summary>
/// An ffmpeg that waits before films whose door is shut, so that a process can be held in the middle of its work, however fast the machine is.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FilmDoors
{
    private readonly string _folder;

    public FilmDoors(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        File.WriteAllText(Ffmpeg, $$"""
            #!/bin/bash
            for word in "$@"; do
              door="{{_folder}}/${word##*/}"
              while [[ $word = file:* && -e $door ]]; do
                : >"$door.${SLURM_RESTART_COUNT:-0}"
                sleep 0.1
              done
            done
            exec ffmpeg "$@"

            """);
        File.SetUnixFileMode(Ffmpeg, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The program, for EVOKE_FFMPEG.</summary>
    public string Ffmpeg => Path.Combine(_folder, "held-ffmpeg");

    public void Shut(string film) => File.WriteAllText(DoorOf(film), "");

    public void Open(string film) => File.Delete(DoorOf(film));

    /// <summary>True once a task that Slurm has put back into the queue <paramref name="restarts"/> times waits at a film's door.</summary>
    public bool IsWaitedAt(string film, int restarts = 0) => File.Exists(string.Create(CultureInfo.InvariantCulture, $"{DoorOf(film)}.{restarts}"));

    private string DoorOf(string film) => Path.Combine(_folder, Path.GetFileName(film));
}
