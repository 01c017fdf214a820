using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/cluster.md")]
public sealed class ClusterPageTests : PageTests
{
    // Swin-T stands in for Swin-L.
    private protected override (string Printed, string Run)[] Changes => [("swin-l", "swin-t")];

    private protected override async Task PrepareAsync()
    {
        await PageMaterial.InstallWeightsAsync(Shell, "swin-t", "vggish");
        Directory.CreateDirectory(Shell.File("videos"));
        foreach (int i in Enumerable.Range(0, 8))
        {
            File.Copy(await TestFilms.FlashesAndBeepsAsync(1, [0.1 * i]), Shell.File($"videos/clip{i}.mp4"));
        }

        File.Copy(Path.Combine(Repository.Root, "deploy", "slurm", "plan.yaml"), Shell.File("plan.yaml"));
        PageMaterial.WriteLabels(Shell.Folder, "train.csv", ["train"], 2);
        PageMaterial.WriteLabels(Shell.Folder, "val.csv", ["val"], 2);

        // In place of Slurm: it takes every job, and its queue is empty.
        string submitted = Shell.File("submitted.txt");
        Shell.Install("sbatch", $"""echo "$*" >> '{submitted}'; grep -c . '{submitted}'""");
        Shell.Install("squeue", ":");
    }

    private protected override void Check()
    {
        ShouldExist("eev/slurm/1-extract.sbatch", "eev/slurm/2-train.sbatch", "eev/slurm/3-ensemble.sbatch");
        File.ReadAllText(Shell.File("submitted.txt")).ShouldContain("1-extract.sbatch");
    }
}
