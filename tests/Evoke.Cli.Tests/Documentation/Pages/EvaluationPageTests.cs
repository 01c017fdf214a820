namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/evaluation.md")]
public sealed class EvaluationPageTests : PageTests
{
    private const int FilmCount = 8, ClipsOfAFilm = 2;

    private protected override (string Printed, string Run)[] Changes =>
    [
        ("--recipe paper", "--recipe paper" + PageMaterial.Quick), ("--recipe demo", "--recipe demo" + PageMaterial.Quick),
    ];

    private protected override Task PrepareAsync()
    {
        PageMaterial.WriteLabels(Shell.Folder, "labels.csv", [.. Enumerable.Range(1, FilmCount).Select(film => $"film{film}_clip")], ClipsOfAFilm);

        // In place of Slurm: the tasks of the array, one after the other.
        Shell.Install("srun", """
            export SLURM_JOB_ID=1 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=5
            for task in 0 1 2 3 4; do SLURM_ARRAY_TASK_ID=$task "$@"; done
            """);
        return Task.CompletedTask;
    }

    private protected override void Check()
    {
        File.ReadAllText(Shell.File("comparison.md")).ShouldContain("mean over 16 videos in 8 groups");
        ShouldExist("cv/slurm/scores.json");
    }
}
