using System.Collections.Immutable;
using Evoke.Cluster.Shards;
using Evoke.Datasets.Manifests;

namespace Evoke.Cluster.Slurm;

/// <summary>A data set's way through Slurm: extraction in shards, then training of several seeds, then the ensemble and its evaluation. All paths are full.</summary>
public sealed record SlurmPlan
{
    /// <summary>The plan's own file.</summary>
    public required string File { get; init; }

    /// <summary>Begins the names of the jobs.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of everything that is made; on a file system that all nodes share.</summary>
    public required string Out { get; init; }

    /// <summary>The command that runs Evoke on a node.</summary>
    public required ImmutableArray<string> Evoke { get; init; }

    /// <summary>A list of the videos, by 'evoke dataset manifest'; null if <see cref="Videos"/> is given.</summary>
    public string? Manifest { get; init; }

    /// <summary>A folder of videos; null if <see cref="Manifest"/> is given.</summary>
    public string? Videos { get; init; }

    /// <summary>How features are extracted.</summary>
    public required ExtractStage Extract { get; init; }

    /// <summary>How heads are trained; null if nothing is.</summary>
    public TrainStage? Train { get; init; }

    /// <summary>How the runs are joined and scored; null if nothing is trained.</summary>
    public EnsembleStage? Ensemble { get; init; }

    /// <summary>The folder of features.</summary>
    public string Features => Path.Combine(Out, "features");

    /// <summary>The folder of scripts and logs.</summary>
    public string Scripts => Path.Combine(Out, "slurm");

    /// <summary>The model file that joins the runs.</summary>
    public string EnsembleFile => Path.Combine(Out, "ensemble.safetensors");

    /// <summary>The scores of <see cref="EnsembleFile"/>, as JSON: written last of all.</summary>
    public string Evaluation => Path.Combine(Out, "evaluation.json");

    /// <summary>The folder of one seed's run.</summary>
    public string RunOf(int seed) => Path.Combine(Out, "runs", FormattableString.Invariant($"seed-{seed}"));

    /// <summary>The videos with their sizes.</summary>
    /// <exception cref="ManifestException">The manifest is not as it must be.</exception>
    /// <exception cref="FileNotFoundException">There is no such manifest.</exception>
    public ImmutableArray<ManifestEntry> Entries() => Manifest is not null ? Datasets.Manifests.Manifest.Read(Manifest) : ShardVideos.Sized(Videos!);
}

/// <summary>What a job asks Slurm for.</summary>
/// <param name="Time">Time limit, as sbatch takes it: "8:00:00".</param>
/// <param name="Cpus">Processors of a task.</param>
/// <param name="Memory">Memory of a task, as sbatch takes it: "8G"; null for the cluster's default.</param>
/// <param name="Options">More options of sbatch, one each: "--partition=gpu".</param>
public sealed record SlurmResources(string Time, int Cpus, string? Memory, ImmutableArray<string> Options);

/// <summary>The stage that makes features.</summary>
/// <param name="Visual">Encoder of the picture, or "none".</param>
/// <param name="Audio">Encoder of the sound, or "none".</param>
/// <param name="Rate">Features per second, in Hz.</param>
/// <param name="Shards">Parts that the videos are split into: tasks of the array.</param>
/// <param name="AtOnce">How many of them may run at the same time; null for as many as Slurm gives.</param>
/// <param name="Options">More options of 'evoke extract'.</param>
/// <param name="Slurm">What a task asks for.</param>
public sealed record ExtractStage(string Visual, string Audio, double Rate, int Shards, int? AtOnce, ImmutableArray<string> Options, SlurmResources Slurm);

/// <summary>The stage that trains.</summary>
/// <param name="TrainLabels">CSV to train on.</param>
/// <param name="ValLabels">CSV to validate on.</param>
/// <param name="Recipe">A recipe's name, or the full path of a file.</param>
/// <param name="Set">Keys of the recipe that are set: "train.epochs=20".</param>
/// <param name="Seeds">One run each.</param>
/// <param name="Options">More options of 'evoke train'.</param>
/// <param name="Slurm">What a task asks for.</param>
public sealed record TrainStage(
    string TrainLabels, string ValLabels, string Recipe, ImmutableArray<string> Set, ImmutableArray<int> Seeds, ImmutableArray<string> Options, SlurmResources Slurm);

/// <summary>The stage that joins the runs and scores the result.</summary>
/// <param name="Labels">CSV to score on.</param>
/// <param name="Top">How many of the runs become members.</param>
/// <param name="Weights">"mean" or "fitted".</param>
/// <param name="Slurm">What the job asks for.</param>
public sealed record EnsembleStage(string Labels, int Top, string Weights, SlurmResources Slurm);
