namespace Evoke.Cluster.Slurm;

/// <summary>The stages of a plan, in order.</summary>
public enum SlurmStage
{
    /// <summary>Features of every video: an array of shards.</summary>
    Extract,

    /// <summary>Heads: an array of seeds.</summary>
    Train,

    /// <summary>The ensemble and its evaluation: one job.</summary>
    Ensemble,
}

/// <summary>The names of a stage and of its files and jobs.</summary>
internal static class SlurmStageNames
{
    /// <summary>"extract", "train", "ensemble".</summary>
    public static string Word(this SlurmStage stage) => stage switch
    {
        SlurmStage.Extract => "extract",
        SlurmStage.Train => "train",
        _ => "ensemble",
    };

    /// <summary>The script's file name; names sort in the order of the stages.</summary>
    public static string Script(this SlurmStage stage) => FormattableString.Invariant($"{(int)stage + 1}-{stage.Word()}.sbatch");

    /// <summary>The job's name in the queue.</summary>
    public static string JobName(this SlurmStage stage, SlurmPlan plan) => $"{plan.Name}-{stage.Word()}";

    /// <summary>The stages that a plan has.</summary>
    public static SlurmStage[] StagesOf(SlurmPlan plan) =>
        plan.Train is null ? [SlurmStage.Extract] : [SlurmStage.Extract, SlurmStage.Train, SlurmStage.Ensemble];
}
