using System.Runtime.InteropServices;
using Evoke.Curves;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>Predicts a validation set as a loaded model would, and scores it at the rate of its labels.</summary>
/// <remarks>Runs in float32 whatever the training precision, as models loaded from files do: the reported score is then the score of the model file.</remarks>
internal sealed class Validator
{
    private const int StepsPerBatch = 8192;

    private readonly VideoSet _set;
    private readonly StepGather _gather;
    private readonly int? _clipSteps;
    private readonly Device _device;

    /// <summary>Creates the validator of a set.</summary>
    /// <param name="set">The videos.</param>
    /// <param name="gather">How a step is written.</param>
    /// <param name="clipSteps">Steps of a clip; null for a head that takes whole videos.</param>
    /// <param name="device">Where the head is.</param>
    public Validator(VideoSet set, StepGather gather, int? clipSteps, Device device) => (_set, _gather, _clipSteps, _device) = (set, gather, clipSteps, device);

    /// <summary>Scores a head.</summary>
    public ValidationScores Run(ReactionHead head, CancellationToken cancellationToken)
    {
        bool wasTraining = head.training;
        Precision trainedIn = head.Precision;
        head.eval();
        head.Precision = Precision.Float32;
        DatasetScores all = new(_set.Labels.Scheme, RowProtocol.All);
        DatasetScores detected = new(_set.Labels.Scheme, RowProtocol.FaceDetected);
        List<Work> pending = [];
        foreach (TrainingVideo video in _set.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pending.Add(new Work(video, _clipSteps ?? video.FeatureSteps, _set.Labels.Scheme.Count));
            if (_clipSteps is null || pending.Sum(work => work.Windows.Count * work.Windows.ClipSteps) >= StepsPerBatch)
            {
                Flush();
            }
        }

        Flush();
        head.train(wasTraining);
        head.Precision = trainedIn;
        return new ValidationScores(all, detected);

        void Flush()
        {
            Predict(head, pending);
            foreach (Work work in pending)
            {
                _set.Labels.Scheme.FromShares(work.Curves);
                EmotionCurves sparse = new(_set.Labels.Scheme, new TimeGrid(_gather.Rate, work.Video.FeatureSteps), work.Curves);
                EmotionCurves labels = work.Video.Labels.Curves;
                EmotionCurves dense = SparseToDense.Interpolate(sparse, labels.Grid);
                all.Add(work.Video.Id, labels, dense);
                detected.Add(work.Video.Id, labels, dense);
            }

            pending.Clear();
        }
    }

    private void Predict(ReactionHead head, List<Work> pending)
    {
        if (pending.Count == 0)
        {
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        (Work Work, int Clip)[] clips = [.. pending.SelectMany(work => Enumerable.Range(0, work.Windows.Count).Select(clip => (work, clip)))];
        int steps = pending[0].Windows.ClipSteps, emotions = _set.Labels.Scheme.Count;
        int seen = _gather.Visual?.Width ?? 0, heard = _gather.Audio?.Width ?? 0;
        float[] visual = new float[clips.Length * steps * seen], audio = new float[clips.Length * steps * heard];
        InParallel.For(clips.Length, i =>
        {
            (Work work, int clip) = clips[i];
            int[] rows = [.. Enumerable.Range(0, steps).Select(step => work.Windows.SourceOf(clip, step))];
            using IOpenFeatures open = _set.Features.Open(work.Video.Id);
            if (seen > 0)
            {
                _gather.WriteVisual(open, rows, visual.AsSpan(i * steps * seen, steps * seen));
            }

            if (heard > 0)
            {
                _gather.WriteAudio(open, rows, audio.AsSpan(i * steps * heard, steps * heard));
            }
        });
        // [clips, steps, E]
        Tensor predicted = head.forward(OnDevice(visual, clips.Length, steps, seen), OnDevice(audio, clips.Length, steps, heard)).cpu().contiguous();
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(predicted.bytes);
        for (int i = 0; i < clips.Length; i++)
        {
            (Work work, int clip) = clips[i];
            values.Slice(i * steps * emotions, work.Windows.KeptOf(clip) * emotions).CopyTo(work.Curves.AsSpan(clip * steps * emotions));
        }
    }

    private Tensor? OnDevice(float[] values, int clips, int steps, int width) => width == 0 ? null : tensor(values, [clips, steps, width], device: _device);

    private sealed class Work(TrainingVideo video, int clipSteps, int emotions)
    {
        public TrainingVideo Video => video;

        public ClipWindows Windows { get; } = new(video.FeatureSteps, clipSteps);

        public float[] Curves { get; } = new float[video.FeatureSteps * emotions];
    }
}
