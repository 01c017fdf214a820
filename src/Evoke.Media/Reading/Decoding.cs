using System.Runtime.InteropServices;
using Evoke.Curves;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Nut;

namespace Evoke.Media.Reading;

/// <summary>Decodes one file into a <see cref="ChunkQueue"/>.</summary>
internal sealed class Decoding : IDisposable
{
    // ffmpeg's output is checked before memory or time is spent on it.
    private const int LargestSound = 64 * 1024 * 1024;
    private const double LatestSeconds = 1e6;

    private readonly MediaInfo _info;
    private readonly MediaReadOptions _options;
    private readonly FfmpegPrograms _programs;
    private readonly CancellationToken _cancellationToken;
    private readonly FrameTrack? _frames;
    private readonly SoundTrack _sound;
    private readonly PictureTimes _times = new();
    private readonly TaskCompletionSource _clockBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReadingReport _report;
    private readonly StereoMix _stereo;
    private bool _apart; // Each modality was decoded by a process of its own.

    public Decoding(MediaInfo info, MediaReadOptions options, FfmpegPrograms programs, ChunkQueue queue, CancellationToken cancellationToken)
    {
        _info = info;
        _options = options;
        _programs = programs;
        _cancellationToken = cancellationToken;
        _frames = options.Frames is { } spec && info.Video is { } picture
            ? new FrameTrack(spec, ClockTolerance.Microseconds(picture), queue, cancellationToken)
            : null;
        _sound = new SoundTrack(options.SampleRate, queue, cancellationToken);
        _stereo = new StereoMix(options.SampleRate);
        _report = new ReadingReport(info, options);
    }

    /// <summary>Decodes to the end.</summary>
    /// <exception cref="MediaException">Nothing could be decoded, or ffmpeg stalled or crashed.</exception>
    public async Task<MediaReadSummary> RunAsync()
    {
        VideoStreamInfo? shown = _options.Frames is null ? null : _info.Video;
        IReadOnlyList<string> missing = await PictureFilters.MissingAsync(shown, _programs.Ffmpeg, _info.Path, _cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            string filters = string.Join(" and ", missing);
            _report.Notice(
                $"the picture is HDR ({_info.Video!.ColorTransfer}), and this ffmpeg lacks the filters to convert it to SDR ({filters}); "
                + "its colours will look washed out");
        }

        if (DecodingPlan.Together(_info, _options, toneMap: missing.Count == 0) is { } together)
        {
            await DecodeAsync(together).ConfigureAwait(false);
        }

        double? soundSeconds = await EndSoundAsync().ConfigureAwait(false);
        double? pictureSeconds = await FindPictureEndAsync().ConfigureAwait(false);
        double seconds = ReadingLength.Of(pictureSeconds, soundSeconds);
        if (_frames is not null && _times.Count > 0)
        {
            await _frames.EndAsync(TimeGrid.ForDuration(seconds, new Rate(_frames.Rate)).Count).ConfigureAwait(false);
        }

        double? decodedSeconds = _frames is null ? null : pictureSeconds;
        double pictureStart = _times.Count > 0 ? FirstOnContainer - _info.Video!.StartSeconds : 0;
        _report.Turned((double)_stereo.Turned / _options.SampleRate);
        return _report.Complete(decodedSeconds, soundSeconds, seconds, pictureStart);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _frames?.Dispose();
        _sound.Dispose();
    }

    private bool HasData => _times.Count > 0 || _sound.Decoded > 0;

    private async Task DecodeAsync(DecodingPlan together)
    {
        ProgramEnding ending = await RunProcessAsync(together, _cancellationToken).ConfigureAwait(false);
        if (HasData)
        {
            _report.Listen(ending);
            return;
        }

        // ffmpeg sends nothing until every stream has produced something: a stream that does so never, or very late, is decoded by a process of its own.
        (DecodingPlan? picture, DecodingPlan? sound) = together.Apart();
        if (sound is null || together.Picture is null)
        {
            throw Failure(ending);
        }

        await DecodeApartAsync(picture, sound).ConfigureAwait(false);
    }

    private async Task DecodeApartAsync(DecodingPlan? picture, DecodingPlan sound)
    {
        _apart = true;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        Task<ProgramEnding> pictureWork = picture is null ? Task.FromResult(default(ProgramEnding)) : RunProcessAsync(picture, either.Token);
        Task<ProgramEnding> soundWork = DecodeSoundAsync(sound, pictureWork, either.Token);
        Task both = Task.WhenAll(pictureWork, soundWork);
        if (!(await Task.WhenAny(pictureWork, soundWork).ConfigureAwait(false)).IsCompletedSuccessfully)
        {
            await either.CancelAsync().ConfigureAwait(false);
        }

        await both.ConfigureAwait(false);
        ProgramEnding pictureEnding = await pictureWork.ConfigureAwait(false);
        ProgramEnding soundEnding = await soundWork.ConfigureAwait(false);
        if (!HasData)
        {
            throw Failure(picture is null ? soundEnding : pictureEnding);
        }

        _report.Listen(pictureEnding);
        _report.Listen(soundEnding);
    }

    private async Task<ProgramEnding> DecodeSoundAsync(DecodingPlan sound, Task pictureWork, CancellationToken cancellationToken)
    {
        await Task.WhenAny(pictureWork, _clockBegan.Task).ConfigureAwait(false);
        if (!_clockBegan.Task.IsCompleted)
        {
            // Without a decoded frame, the start time in the container has to do.
            await _sound.BeginAsync(DecodingCommand.AloneShiftSeconds + sound.Info.Video!.StartSeconds).ConfigureAwait(false);
        }

        return await RunProcessAsync(sound, cancellationToken).ConfigureAwait(false);
    }

    // ffmpeg counts from the beginning of the file, unless it decodes one modality alone.
    private double FirstOnContainer => _times.Count == 0 ? _info.Video!.StartSeconds
        : _apart ? _times.First - DecodingCommand.AloneShiftSeconds
        : _times.First + _info.StartSeconds;

    // Where only the sound was requested, the picture's packets give its length: a video has one length, whichever parts are decoded.
    private async Task<double?> FindPictureEndAsync()
    {
        if (_info.Video is not { } picture || (_frames is not null && _times.Count == 0))
        {
            return null;
        }

        PictureEnd end = new(_info, picture, _programs, _options.StallTimeout);
        return _frames is null
            ? await end.UndecodedAsync(FirstOnContainer, _cancellationToken).ConfigureAwait(false)
            : await end.DecodedAsync(_times, FirstOnContainer, _cancellationToken).ConfigureAwait(false);
    }

    private async Task<double?> EndSoundAsync()
    {
        if (_sound.Decoded == 0)
        {
            return null;
        }

        if (!_sound.HasBegun)
        {
            await _sound.BeginAsync(_info.Video!.StartSeconds - _info.StartSeconds).ConfigureAwait(false);
        }

        await _sound.EndAsync().ConfigureAwait(false);
        return (double)_sound.Position / _options.SampleRate;
    }

    private Exception Failure(ProgramEnding ending) => ending.ExitCode == 0
        ? new MediaNotDecodableException(_info.Path, ending.Said.Length == 0 ? "ffmpeg produced no frame and no sample" : ending.Said)
        : new FfmpegFailedException(_info.Path, "ffmpeg", ending.ExitCode, ending.Said);

    private async Task<ProgramEnding> RunProcessAsync(DecodingPlan plan, CancellationToken cancellationToken)
    {
        FfmpegProcess process = FfmpegProcess.Start(_programs.Ffmpeg, DecodingCommand.For(plan), _info.Path, _options.StallTimeout, cancellationToken);
        await using (process.ConfigureAwait(false))
        {
            NutReader reader = new(process.ReadAsync);
            try
            {
                while (await reader.NextAsync().ConfigureAwait(false) is { } packet)
                {
                    await TakeAsync(plan, reader, packet).ConfigureAwait(false);
                }
            }
            catch (InvalidDataException e)
            {
                // ffmpeg's output is complete unless it dies: then its own last messages say more than ours. If it continues, its output is ignored.
                if (!reader.HasEnded)
                {
                    process.Stop();
                    throw new FfmpegFailedException(_info.Path, process.Program, 0, e.Message);
                }

                ProgramEnding cut = await process.EndAsync().ConfigureAwait(false);
                throw new FfmpegFailedException(_info.Path, process.Program, cut.ExitCode, cut.Said.Length == 0 ? e.Message : cut.Said);
            }

            ProgramEnding ending = await process.EndAsync().ConfigureAwait(false);
            return ending.Crashed ? throw new FfmpegFailedException(_info.Path, process.Program, ending.ExitCode, ending.Said) : ending;
        }
    }

    private async ValueTask TakeAsync(DecodingPlan plan, NutReader reader, NutPacket packet)
    {
        if (packet.Stream == plan.TimesIndex)
        {
            await TakeTimeAsync(reader, packet).ConfigureAwait(false);
        }
        else if (packet.Stream == plan.FramesIndex)
        {
            await TakeFrameAsync(reader, packet).ConfigureAwait(false);
        }
        else if (packet.Stream == plan.SoundIndex)
        {
            await TakeSoundAsync(plan, reader, packet).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeFrameAsync(NutReader reader, NutPacket packet)
    {
        int expected = _options.Frames!.Value.FrameBytes;
        if (packet.Size != expected)
        {
            throw new InvalidDataException(FormattableString.Invariant($"ffmpeg sent a frame of {packet.Size} bytes; expected {expected}"));
        }

        SharedBuffer<byte> picture = new(packet.Size);
        try
        {
            await reader.ReadPayloadAsync(picture.Memory).ConfigureAwait(false);
        }
        catch
        {
            picture.Dispose();
            throw;
        }

        await _frames!.AddAsync(picture).ConfigureAwait(false);
    }

    private async ValueTask TakeTimeAsync(NutReader reader, NutPacket packet)
    {
        double seconds = Seconds(reader.TimeBase(packet.Stream), packet.Pts);
        bool first = _times.Count == 0;
        _times.Add(seconds);
        if (first)
        {
            await _sound.BeginAsync(seconds).ConfigureAwait(false);
            _clockBegan.TrySetResult();
        }

        if (_frames is not null)
        {
            await _frames.ConfirmAsync((long)Math.Round(_times.Last * 1e6)).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeSoundAsync(DecodingPlan plan, NutReader reader, NutPacket packet)
    {
        int unit = sizeof(float) * (plan.IsStereo ? 2 : 1);
        if (packet.Size % unit != 0 || packet.Size > LargestSound)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"ffmpeg sent sound of {packet.Size} bytes; expected a multiple of {unit}, at most {LargestSound}"));
        }

        using SharedBuffer<byte> bytes = new(packet.Size);
        await reader.ReadPayloadAsync(bytes.Memory).ConfigureAwait(false);
        ReadOnlySpan<float> sent = MemoryMarshal.Cast<byte, float>(bytes.Memory.Span);
        float[] samples = plan.IsStereo ? _stereo.Mix(sent) : sent.ToArray();
        double seconds = Seconds(reader.TimeBase(packet.Stream), packet.Pts);
        if (_info.Video is null && !_sound.HasBegun)
        {
            // Sound without a picture has a clock of its own.
            await _sound.BeginAsync(seconds).ConfigureAwait(false);
        }

        await _sound.AddAsync((long)Math.Round(seconds * _options.SampleRate), samples).ConfigureAwait(false);
    }

    private static double Seconds(NutTimeBase timeBase, long pts)
    {
        double seconds = (double)pts * timeBase.Numerator / timeBase.Denominator;
        return Math.Abs(seconds) <= LatestSeconds
            ? seconds
            : throw new InvalidDataException(FormattableString.Invariant($"ffmpeg sent a time of {seconds:0} s; expected at most {LatestSeconds:0} s"));
    }
}
