using System.Runtime.InteropServices;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Files;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using Evoke.Heads.Reactions;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Heads.Models;

/// <summary>A trained model from a file: one head, or an ensemble whose curves are the mean of its members'.</summary>
/// <remarks>Load once, predict many; one call at a time. Features at another rate than the model's are looked up by time. Not thread-safe.</remarks>
public sealed class HeadModel : IReactionModel
{
    private static readonly string[] NamesInEveryRun = ["best", "last"];

    private readonly Member[] _members;
    private readonly float[]? _emotionWeights; // [members, emotions], columns sum to 1
    private readonly HeadModelOptions _options;
    private readonly Device _device;

    private HeadModel(string name, string sha256, ModelFile file, HeadModelOptions options, Device device)
    {
        (Name, Sha256) = (name, sha256);
        Members = file.Members;
        Scheme = Members[0].Scheme;
        _options = options;
        _device = device;
        _emotionWeights = file.ReadEmotionWeights();
        _members = [.. Enumerable.Range(0, file.Members.Count).Select(index => Member.Load(file, index, options, device))];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <summary>The descriptions of the members.</summary>
    public IReadOnlyList<ModelDescription> Members { get; }

    /// <inheritdoc/>
    public string Recipe => string.Join(" and ", Members.Select(member => member.RecipeName).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal));

    /// <inheritdoc/>
    public string Summary => ModelNotice.After(ModelSummary.Of(Members));

    /// <inheritdoc/>
    public EmotionScheme Scheme { get; }

    /// <inheritdoc/>
    public Rate Rate => Members[0].Rate;

    /// <inheritdoc/>
    public EncoderIdentity? VisualEncoder => Members[0].VisualEncoder;

    /// <inheritdoc/>
    public EncoderIdentity? AudioEncoder => Members[0].AudioEncoder;

    /// <summary>Loads a model file; the file is closed again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is to run; null for the defaults.</param>
    /// <exception cref="EvokeException">The file is not an intact model, or the device is not available.</exception>
    public static HeadModel Load(string path, HeadModelOptions? options = null)
    {
        options ??= new HeadModelOptions();
        using ModelFile file = ModelFile.Open(path, options.Heads);
        Device device = TorchRuntime.Resolve(options.Device);
        return new HeadModel(NameOf(path), FileHashes.Compute(path, null, CancellationToken.None), file, options, device);
    }

    /// <inheritdoc/>
    /// <exception cref="IncompatibleFeaturesException">The features are from other encoders than the model was trained on; the message names both.</exception>
    /// <exception cref="NonFinitePredictionException">The model gave non-finite values.</exception>
    public SparsePrediction Predict(VideoFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        TimeGrid grid = TimeGrid.ForDuration(features.DurationSeconds, Rate);
        float[][] curves = [.. _members.Select(member => PredictMember(member, features, grid))];
        return curves.Length == 1
            ? new SparsePrediction(new EmotionCurves(Scheme, grid, curves[0]), StandardDeviation: null)
            : MemberStatistics.Combine(Scheme, grid, curves, _emotionWeights);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Member member in _members)
        {
            member.Head.Dispose();
        }
    }

    // Training runs use the same file names: the folder tells them apart.
    private static string NameOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string? folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        return NamesInEveryRun.Contains(name) && !string.IsNullOrEmpty(folder) ? $"{folder}/{name}" : name;
    }

    // [steps, emotions]
    private float[] PredictMember(Member member, VideoFeatures features, TimeGrid grid)
    {
        VideoInput input = new(features, member.Visual, member.Audio, Name);
        ClipWindows windows = new(grid.Count, member.ClipSteps ?? grid.Count);
        float[] curves = new float[grid.Count * Scheme.Count];
        int clipsPerBatch = Math.Max(1, _options.StepsPerBatch / windows.ClipSteps);
        using IDisposable quiet = no_grad();
        for (int first = 0; first < windows.Count; first += clipsPerBatch)
        {
            PredictClips(member, input, grid, windows, first, Math.Min(clipsPerBatch, windows.Count - first), curves);
        }

        int damaged = Array.FindIndex(curves, value => !float.IsFinite(value));
        if (damaged >= 0)
        {
            throw new NonFinitePredictionException(
                FormattableString.Invariant($"Model '{Name}' gives {curves[damaged]} for video '{features.VideoId}' ")
                + FormattableString.Invariant($"at {grid.SecondsAt(damaged / Scheme.Count)} s: its weights or the video's features are damaged."));
        }

        Scheme.FromShares(curves);
        return curves;
    }

    private void PredictClips(Member member, VideoInput input, TimeGrid grid, ClipWindows windows, int first, int count, float[] curves)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? visual = member.Visual is { Input.Width: var seen }
            ? Gather(windows, first, count, seen, step => grid.SecondsAt(step), input.WriteVisual)
            : null;
        Tensor? audio = member.Audio is { Input.Width: var heard }
            ? Gather(windows, first, count, heard, step => grid.SecondsAt(step), input.WriteAudio)
            : null;
        Tensor predicted = member.Head.forward(visual, audio).cpu().contiguous(); // [clips, clip steps, emotions]
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(predicted.bytes);
        for (int clip = 0; clip < count; clip++)
        {
            int kept = windows.KeptOf(first + clip) * Scheme.Count;
            values.Slice(clip * windows.ClipSteps * Scheme.Count, kept).CopyTo(curves.AsSpan((first + clip) * windows.ClipSteps * Scheme.Count));
        }
    }

    // [clips, clip steps, width]
    private Tensor Gather(ClipWindows windows, int first, int count, int width, Func<int, double> secondsAt, WriteStep write)
    {
        Tensor gathered = empty(count, windows.ClipSteps, width);
        Span<float> values = MemoryMarshal.Cast<byte, float>(gathered.bytes);
        for (int row = 0; row < count * windows.ClipSteps; row++)
        {
            int source = windows.SourceOf(first + (row / windows.ClipSteps), row % windows.ClipSteps);
            write(secondsAt(source), values.Slice(row * width, width));
        }

        return gathered.to(_device);
    }

    private delegate void WriteStep(double seconds, Span<float> destination);

    private sealed record Member(ReactionHead Head, EncodedModality? Visual, EncodedModality? Audio, int? ClipSteps)
    {
        public static Member Load(ModelFile file, int index, HeadModelOptions options, Device device)
        {
            ModelDescription description = file.Members[index];
            ReactionHead head = file.CreateHead(index);
            head.eval();
            head.to(device);
            head.Precision = options.Precision;
            return new Member(
                head,
                Modality(description.VisualEncoder, file.VisualInput(index), description.VisualExpansion),
                Modality(description.AudioEncoder, file.AudioInput(index), description.AudioExpansion),
                description.ClipSteps);
        }

        private static EncodedModality? Modality(EncoderIdentity? encoder, ModalityInput? input, FeatureExpansion? expansion) =>
            encoder is null || input is null ? null : new EncodedModality(encoder, input, expansion);
    }
}
