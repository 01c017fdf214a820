using System.Runtime.InteropServices;
using Evoke.Curves;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Nut;

namespace Evoke.Media.Reading;

/// <summary>Decodes one file into a <see cref="ChunkQueue"/>.</summary>
internal sealed class Decoding : IDisposable
{
    private readonly MediaInfo _info;
    private readonly MediaReadOptions _options;
    private readonly FfmpegPrograms _programs;
    private readonly CancellationToken _cancellationToken;
    private readonly FrameTrack? _frames;
    private readonly SoundTrack _sound;
    private readonly PictureTimes _times = new();
    private readonly TaskCompletionSource _clockBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReadingReport _report;

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
        _report = new ReadingReport(info, options);
    }

    /// <summary>Decodes to the end.</summary>
    /// <exception cref="MediaException">Nothing could be decoded, or ffmpeg stalled or crashed.</exception>
    public async Task<MediaReadSummary> RunAsync()
    {
        if (DecodingPlan.Together(_info, _options) is { } together)
        {
            await DecodeAsync(together).ConfigureAwait(false);
        }

        double? pictureSeconds = await EndPictureAsync().ConfigureAwait(false);
        double? soundSeconds = await EndSoundAsync().ConfigureAwait(false);
        return _report.Complete(pictureSeconds, soundSeconds);
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

        // ffmpeg gives nothing until every stream has given something: one that never does, or very late, is decoded apart from the other.
        (DecodingPlan? picture, DecodingPlan? sound) = together.Apart();
        if (sound is null || together.Picture is null)
        {
            throw Failure(ending);
        }

        await DecodeApartAsync(picture, sound).ConfigureAwait(false);
    }

    private async Task DecodeApartAsync(DecodingPlan? picture, DecodingPlan sound)
    {
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
            // Without a decoded frame, the container's word for the beginning of the picture has to do.
            await _sound.BeginAsync(DecodingCommand.AloneShiftSeconds + sound.Info.Video!.StartSeconds).ConfigureAwait(false);
        }

        return await RunProcessAsync(sound, cancellationToken).ConfigureAwait(false);
    }

    private async Task<double?> EndPictureAsync()
    {
        if (_frames is null || _times.Count == 0)
        {
            return null;
        }

        double end = PictureEnd.Of(_info, _info.Video!, _times.Last, _times.LastInterval);
        await _frames.EndAsync(TimeGrid.ForDuration(end, _frames.Rate).Count).ConfigureAwait(false);
        return end;
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
        ? new MediaNotDecodableException(_info.Path, ending.Said.Length == 0 ? "ffmpeg gives no frame and no sample" : ending.Said)
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
                // What ffmpeg writes is whole unless it dies: then its own last words say more than ours.
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
            SharedBuffer<byte> picture = new(packet.Size);
            await reader.ReadPayloadAsync(picture.Memory).ConfigureAwait(false);
            await _frames!.AddAsync(picture).ConfigureAwait(false);
        }
        else if (packet.Stream == plan.SoundIndex)
        {
            await TakeSoundAsync(reader, packet).ConfigureAwait(false);
        }
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

    private async ValueTask TakeSoundAsync(NutReader reader, NutPacket packet)
    {
        using SharedBuffer<byte> bytes = new(packet.Size);
        await reader.ReadPayloadAsync(bytes.Memory).ConfigureAwait(false);
        float[] samples = MemoryMarshal.Cast<byte, float>(bytes.Memory.Span).ToArray();
        double seconds = Seconds(reader.TimeBase(packet.Stream), packet.Pts);
        if (_info.Video is null && !_sound.HasBegun)
        {
            // Sound without a picture has a clock of its own.
            await _sound.BeginAsync(seconds).ConfigureAwait(false);
        }

        await _sound.AddAsync((long)Math.Round(seconds * _options.SampleRate), samples).ConfigureAwait(false);
    }

    private static double Seconds(NutTimeBase timeBase, long pts) => (double)pts * timeBase.Numerator / timeBase.Denominator;
}
