using System.Diagnostics;
using Evoke.Cluster.Slurm;
using Evoke.Datasets.Manifests;
using Evoke.Testing;

namespace Evoke.Cluster.Tests.Slurm;

public sealed class SlurmPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string PlanFile => _folder.File("plan.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThePlanThatComesWithEvokeCanBeRead()
    {
        Assert.SkipWhen(SourceTree.Root is null, "the tests run without their sources");
        Videos("a");
        File.Copy(Path.Combine(SourceTree.Root!, "deploy", "slurm", "plan.yaml"), PlanFile);

        SlurmPlan plan = SlurmPlanReader.Read(PlanFile);

        (plan.Name, plan.Out, plan.Extract.Shards, plan.Extract.AtOnce).ShouldBe(("eev", _folder.File("eev"), 64, 16));
        plan.Train!.Seeds.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        (plan.Extract.Slurm.Memory, plan.Train.Slurm.Memory, plan.Train.Slurm.Time, plan.Ensemble!.Slurm.Cpus).ShouldBe(("8G", "32G", "12:00:00", 4));
    }

    [Fact]
    public void AnEncodersFileIsRelativeToThePlan()
    {
        Videos("a");
        File.WriteAllText(PlanFile, "{name: x, out: out, manifest: manifest.csv, extract: {visual: \"onnx:nets/a.onnx#features\", audio: none}}");

        SlurmPlan plan = SlurmPlanReader.Read(PlanFile);

        plan.Extract.Visual.ShouldBe($"onnx:{_folder.File("nets/a.onnx#features")}");
        plan.Extract.Audio.ShouldBe("none");
    }

    [Theory]
    [InlineData("nam: x", "nam (line 1): there is no such key; did you mean name?")]
    [InlineData("name: a b", "name (line 1): expected a name for the jobs")]
    [InlineData("extract: {shards: 0}", "extract.shards (line 1): expected a whole number from 1 to 4000001; found '0'")]
    [InlineData("extract: [1]", "extract (line 1): expected a section with keys of its own; found a list")]
    [InlineData("train: {labels: gone.csv}", "train.labels (line 1): expected an existing CSV file in EEV's format; found 'gone.csv'")]
    [InlineData("train: {recipe: demo, set: [train.epoch=3]}", "train.epoch")]
    [InlineData("train: {seeds: [1, 1]}", "train.seeds (line 1): expected a list of different whole numbers")]
    [InlineData("slurm: {options: [\"--a\\n#SBATCH --b\"]}", "slurm.options (line 1)")]
    [InlineData("extract: {visual: swin-x}", "extract.visual (line 1): expected none or an encoder: visual-lld, swin-l, ")]
    [InlineData("extract: {audio: swin-l}", "extract.audio (line 1): expected none or an encoder: audio-lld, vggish")]
    [InlineData("extract: {visual: none, audio: none}", "extract: expected a visual or an audio encoder")]
    [InlineData("extract: {audio: vggish, shards: 4}", "extract.options: expected --precision")]
    [InlineData("x", "expected keys")]
    [InlineData("a: [", "this is not YAML")]
    public void MistakesAreNamedWithFileKeyExpectedAndFound(string yaml, string said)
    {
        File.WriteAllText(PlanFile, yaml);
        SlurmPlanException error = Should.Throw<SlurmPlanException>(() => SlurmPlanReader.Read(PlanFile));
        error.Message.ShouldContain(said);
        error.Message.ShouldContain(PlanFile);
    }

    [Fact]
    public void ScriptsAreShellAndSurviveOddNames()
    {
        SlurmPlan plan = Plan("it's $HOME");
        foreach (WrittenScript script in SlurmScripts.Write(plan))
        {
            using Process bash = Process.Start("bash", ["-n", script.Path]);
            bash.WaitForExit();
            bash.ExitCode.ShouldBe(0, script.Path);
            File.ReadAllText(script.Path).ShouldContain("'it'\\''s $HOME'", Case.Sensitive);
        }
    }

    [Fact]
    public void AnEditedScriptStaysAndAnotherFollowsThePlan()
    {
        SlurmPlan plan = Plan("evoke");
        string extract = SlurmScripts.Write(plan)[0].Path;
        File.AppendAllText(extract, "# mine\n");

        IReadOnlyList<WrittenScript> again = SlurmScripts.Write(plan with { Train = plan.Train! with { Seeds = [9] } });

        again.Select(script => script.IsEdited).ShouldBe([true, false, false]);
        File.ReadAllText(extract).ShouldEndWith("# mine\n");
        File.ReadAllText(again[1].Path).ShouldContain("#SBATCH --array=9\n");
    }

    [Fact]
    public void OnlyWhatIsMissingIsSubmittedBehindWhatIsInTheQueue()
    {
        SlurmPlan plan = Plan("evoke");
        QueuedTask[] tasks =
        [
            new(SlurmStage.Extract, 5, 0, "RUNNING", "None"), new(SlurmStage.Extract, 5, 1, "FAILED", "NonZeroExitCode"),
            new(SlurmStage.Train, 6, 1, "PENDING", "Dependency"), new(SlurmStage.Train, 6, 2, "PENDING", "Dependency"),
        ];

        SlurmStatus status = SlurmStatus.Of(plan, tasks);
        StageStatus extract = status.Stages[0];

        (extract.Total, extract.Running, extract.Waiting, extract.Missing).ShouldBe((4, 1, 1, 2));
        status.Broken.ShouldHaveSingleItem().Id.ShouldBe("5_1");
        SlurmSubmission.Missing(status).Commands().ShouldBe(
        [
            "scancel 6_1 6_2",
            "extract=$(sbatch --parsable --array=1 1-extract.sbatch)",
            "train=$(sbatch --parsable --dependency=afterok:5_0:$extract --kill-on-invalid-dep=yes --array=1-2 2-train.sbatch)",
            "sbatch --parsable --dependency=afterok:$train --kill-on-invalid-dep=yes 3-ensemble.sbatch",
        ]);
        Should.Throw<SlurmException>(() => SlurmSubmission.Whole(plan, tasks)).Message.ShouldContain("resume");
    }

    [Fact]
    public void WithoutAQueueAllIsMissing()
    {
        SlurmPlan plan = Plan("evoke");
        SlurmSubmission.Missing(SlurmStatus.Of(plan, [])).Commands().ShouldBe(
        [
            "extract=$(sbatch --parsable --array=0-1 1-extract.sbatch)",
            "train=$(sbatch --parsable --dependency=afterok:$extract --kill-on-invalid-dep=yes --array=1-2 2-train.sbatch)",
            "sbatch --parsable --dependency=afterok:$train --kill-on-invalid-dep=yes 3-ensemble.sbatch",
        ]);
    }

    private SlurmPlan Plan(string evoke)
    {
        Videos("a", "b", "c", "d");
        File.WriteAllText(PlanFile, $"""
            name: test
            out: out
            manifest: manifest.csv
            evoke: "{evoke}"
            extract: {"{"} shards: 2 {"}"}
            train: {"{"} labels: train.csv, val_labels: val.csv, recipe: demo, seeds: [1, 2] {"}"}
            """);
        return SlurmPlanReader.Read(PlanFile);
    }

    private void Videos(params string[] ids)
    {
        Manifest.Write(ids.Select(id => new ManifestEntry(id, id + ".mp4", 1, 10)), _folder.File("manifest.csv"));
        File.WriteAllText(_folder.File("train.csv"), "");
        File.WriteAllText(_folder.File("val.csv"), "");
    }
}
