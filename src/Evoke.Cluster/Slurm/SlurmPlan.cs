using System.Collections.Immutable;
using Evoke.Cluster.Shards;
using Evoke.Curves;
using Evoke.Datasets.Manifests;
using Evoke.Files;

namespace Evoke.Cluster.Slurm;

/// <summary>
/// The work on a data set with Slurm: extraction in shards, then training of several seeds, then the ensemble and its evaluation. All paths are absolute.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SlurmPlan
{
    /// <summary>The plan file.</summary>
    public required string File { get; init; }

    /// <summary>Prefix of the job names.</summary>
    public required string Name { get; init; }

    /// <summary>The output folder, on a file system that all nodes share.</summary>
    public required string Out { get; init; }

    /// <summary>The command that runs Evoke on a node.</summary>
    public required ImmutableArray<string> Evoke { get; init; }

    /// <summary>A list of the videos, written by 'evoke dataset manifest'; null if <see cref="Videos"/> is given.</summary>
    public string? Manifest { get; init; }

    /// <summary>A folder of videos; null if <see cref="Manifest"/> is given.</summary>
    public string? Videos { get; init; }

    /// <summary>How features are extracted.</summary>
    public required ExtractStage Extract { get; init; }

    /// <summary>How heads are trained; null for no training.</summary>
    public TrainStage? Train { get; init; }

    /// <summary>How the runs are combined and scored; null for no training.</summary>
    public EnsembleStage? Ensemble { get; init; }

    /// <summary>The folder of features.</summary>
    public string Features => Path.Combine(Out, "features");

    /// <summary>The folder of scripts and logs.</summary>
    public string Scripts => Path.Combine(Out, "slurm");

    /// <summary>The model file of the ensemble.</summary>
    public string EnsembleFile => Path.Combine(Out, "ensemble.safetensors");

    /// <summary>The scores of <see cref="EnsembleFile"/>, as JSON: written last.</summary>
    public string Evaluation => Path.Combine(Out, "evaluation.json");

    /// <summary>The folder of one seed's run.</summary>
    public string RunOf(int seed) => Path.Combine(Out, "runs", FormattableString.Invariant($"seed-{seed}"));

    /// <summary>The videos with their sizes.</summary>
    /// <exception cref="ManifestException">The manifest is invalid.</exception>
    /// <exception cref="FileReadException">The manifest does not exist, or cannot be read.</exception>
    public ImmutableArray<ManifestEntry> Entries() => Manifest is not null ? Datasets.Manifests.Manifest.Read(Manifest) : ShardVideos.Sized(Videos!);
}

/// <summary>The resources that a job requests.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Time">Time limit, as sbatch takes it: "8:00:00".</param>
/// <param name="Cpus">CPUs per task.</param>
/// <param name="Memory">Memory per task, as sbatch takes it: "8G"; null for the cluster's default.</param>
/// <param name="Options">Additional sbatch options: "--partition=gpu".</param>
public sealed record SlurmResources(string Time, int Cpus, string? Memory, ImmutableArray<string> Options);

/// <summary>The stage that extracts features.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Visual">Visual encoder, or "none".</param>
/// <param name="Audio">Audio encoder, or "none".</param>
/// <param name="Rate">Features per second, in Hz.</param>
/// <param name="Shards">Number of parts that the videos are split into: tasks of the array.</param>
/// <param name="AtOnce">Number of tasks that may run at the same time; null for no limit.</param>
/// <param name="Options">Additional options of 'evoke extract'.</param>
/// <param name="Slurm">The resources of a task.</param>
public sealed record ExtractStage(string Visual, string Audio, Rate Rate, int Shards, int? AtOnce, ImmutableArray<string> Options, SlurmResources Slurm);

/// <summary>The stage that trains.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="TrainLabels">Training labels, a CSV file.</param>
/// <param name="ValLabels">Validation labels, a CSV file.</param>
/// <param name="Recipe">A recipe's name, or the full path of a file.</param>
/// <param name="Set">Overrides of recipe keys: "train.epochs=20".</param>
/// <param name="Seeds">The seeds; one run each.</param>
/// <param name="Options">Additional options of 'evoke train'.</param>
/// <param name="Slurm">The resources of a task.</param>
public sealed record TrainStage(
    string TrainLabels,
    string ValLabels,
    string Recipe,
    ImmutableArray<string> Set,
    ImmutableArray<int> Seeds,
    ImmutableArray<string> Options,
    SlurmResources Slurm)
{
    /// <summary>Epochs of a run, as the recipe says.</summary>
    public int Epochs { get; init; }
}

/// <summary>The stage that combines the runs and scores the ensemble.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Labels">Labels to score against, a CSV file.</param>
/// <param name="Top">Number of runs that become members.</param>
/// <param name="Weights">"mean" or "fitted".</param>
/// <param name="Slurm">The resources of the job.</param>
public sealed record EnsembleStage(string Labels, int Top, string Weights, SlurmResources Slurm);
