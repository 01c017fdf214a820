using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Cluster.Slurm;

/// <summary>A script file after writing.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">The file.</param>
/// <param name="IsEdited">True if it was edited by hand and therefore kept.</param>
public sealed record WrittenScript(string Path, bool IsEdited);

/// <summary>Writes a plan's sbatch files into the folder "slurm" beside the output. A file that was edited by hand is kept until it is deleted.</summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class SlurmScripts
{
    // A task gets the signal this many seconds before its time limit; evoke then finishes its current work if it can.
    private const int SignalSeconds = 120;
    private const int GraceSeconds = 90;
    private const string WrittenName = "written.json";

    /// <summary>Writes the files.</summary>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public static IReadOnlyList<WrittenScript> Write(SlurmPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Directory.CreateDirectory(Path.Combine(plan.Scripts, "logs"));
        string record = Path.Combine(plan.Scripts, WrittenName);
        Dictionary<string, string> written = ReadRecord(record);
        List<WrittenScript> scripts = [];
        foreach (SlurmStage stage in SlurmStageNames.StagesOf(plan))
        {
            string path = Path.Combine(plan.Scripts, stage.Script());
            bool edited = File.Exists(path) && written.GetValueOrDefault(stage.Script()) != Digest(File.ReadAllBytes(path));
            if (!edited)
            {
                byte[] text = Encoding.UTF8.GetBytes(TextOf(plan, stage));
                AtomicFile.Write(path, stream => stream.Write(text));
                written[stage.Script()] = Digest(text);
            }

            scripts.Add(new WrittenScript(path, edited));
        }

        AtomicFile.Write(record, stream => JsonSerializer.Serialize(stream, written));
        return scripts;
    }

    /// <summary>The text of a stage's script.</summary>
    public static string TextOf(SlurmPlan plan, SlurmStage stage)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return stage switch
        {
            SlurmStage.Extract => Extract(plan),
            SlurmStage.Train => Train(plan, plan.Train!),
            _ => Ensemble(plan, plan.Train!, plan.Ensemble!),
        } + "\n";
    }

    // Where the record is missing or damaged, scripts that are there count as edited: nobody's work is overwritten.
    private static Dictionary<string, string> ReadRecord(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Extract(SlurmPlan plan)
    {
        ExtractStage extract = plan.Extract;
        string array = Invariant($"0-{extract.Shards - 1}{(extract.AtOnce is { } atOnce ? Invariant($"%{atOnce}") : "")}");
        string[] source = plan.Manifest is not null ? ["--manifest", plan.Manifest] : [plan.Videos!];
        string[] words =
        [
            "extract", .. source, "--out", plan.Features, "--visual", extract.Visual, "--audio", extract.Audio, "--rate", Invariant($"{extract.Rate}"),
            "--grace", Invariant($"{GraceSeconds}"), "--allow-failures", .. extract.Options,
        ];
        return Head(plan, SlurmStage.Extract, extract.Slurm, array, Invariant($"features of every video, in {extract.Shards} shards"),
                ["sbatch 1-extract.sbatch                 all shards", "sbatch --array=3,7 1-extract.sbatch     only these shards"])
            + Invariant($"""
            # Total number of shards, also when only a few are resubmitted. To change it, change the plan: the status depends on it.
            export EVOKE_SHARDS={extract.Shards}


            """)
            + Run + Call(words);
    }

    private static string Train(SlurmPlan plan, TrainStage train)
    {
        string[] words =
        [
            "train", "--train-labels", train.TrainLabels, "--val-labels", train.ValLabels, "--features", plan.Features, "--recipe", train.Recipe,
            .. train.Set.SelectMany(setting => new[] { "--set", setting }), .. train.Options,
        ];
        string run = ShellWord.Quoted(Path.Combine(plan.Out, "runs", "seed-"));
        return Head(plan, SlurmStage.Train, train.Slurm, string.Join(',', train.Seeds), "one head per seed; the array task is the seed",
                ["sbatch --dependency=afterok:EXTRACTION 2-train.sbatch"])
            + Run + Call(words) + Invariant($" \\\n  --set train.seed=\"$SLURM_ARRAY_TASK_ID\" \\\n  --out {run}\"$SLURM_ARRAY_TASK_ID\"");
    }

    private static string Ensemble(SlurmPlan plan, TrainStage train, EnsembleStage ensemble)
    {
        string[] join =
        [
            "ensemble", .. train.Seeds.Select(plan.RunOf), "--val-labels", train.ValLabels, "--features", plan.Features,
            "--top", Invariant($"{ensemble.Top}"), "--weights", ensemble.Weights, "--out", plan.EnsembleFile,
        ];
        string[] score = ["evaluate", "--labels", ensemble.Labels, "--model", plan.EnsembleFile, "--features", plan.Features, "--missing-as-zeros", "--json"];
        string final = ShellWord.Quoted(plan.Evaluation), unfinished = ShellWord.Quoted(Path.Combine(plan.Out, ".evaluation.json."));
        return Head(
                plan,
                SlurmStage.Ensemble,
                ensemble.Slurm,
                null,
                "the ensemble of all seeds, and its score",
                ["sbatch --dependency=afterok:TRAINING 3-ensemble.sbatch"])
            + Run + Call(join) + "\n"
            + Call(score) + Invariant($" \\\n  >{unfinished}\"$SLURM_JOB_ID.tmp\"\nmv {unfinished}\"$SLURM_JOB_ID.tmp\" {final}");
    }

    private static string Head(SlurmPlan plan, SlurmStage stage, SlurmResources slurm, string? array, string what, string[] byHand)
    {
        string task = array is null ? "" : "-%a";
        string?[] options =
        [
            $"--job-name={stage.JobName(plan)}",
            $"--chdir={plan.Scripts}",
            $"--output=logs/{stage.Word()}{task}.log",
            "--open-mode=append",
            array is null ? null : $"--array={array}",
            "--requeue",
            Invariant($"--signal=B:USR1@{SignalSeconds}"),
            $"--time={slurm.Time}",
            "--ntasks=1",
            Invariant($"--cpus-per-task={slurm.Cpus}"),
            slurm.Memory is null ? null : $"--mem={slurm.Memory}",
            .. slurm.Options,
        ];
        string directives = string.Concat(options.OfType<string>().Select(option => $"#SBATCH {Directive(option)}\n"));
        return $"#!/bin/bash\n# {plan.Name}, {stage.Word()}: {what}.\n"
            + $"# Written by 'evoke slurm submit {Path.GetFileName(plan.File)}'. "
            + "You may edit it: an edited file is kept; delete it to regenerate it. To submit by hand, in this folder:\n"
            + string.Concat(byHand.Select(line => $"#   {line}\n"))
            + $"{directives}\nevoke=({string.Join(' ', plan.Evoke.Select(ShellWord.Quoted))})\n\n";
    }

    // Slurm signals bash, and bash signals evoke. scancel ends bash itself, so a cancelled task is not requeued.
    private const string Run = """
        # Runs a command and passes on Slurm's signal. Exit code 75 means "run again": the task is requeued.
        run() {
          "$@" &
          work=$!
          while kill -0 $work 2>/dev/null; do wait $work; done # a signal ends a wait early
          wait $work
          code=$?
          [ $code = 0 ] && return
          if [ $code = 75 ]; then
            scontrol requeue "${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}"
            sleep 60 # Slurm ends this task now
          fi
          exit $code
        }
        trap 'kill -USR1 $work' USR1


        """;

    private static string Call(string[] words)
    {
        StringBuilder text = new("run \"${evoke[@]}\"");
        foreach (string word in words)
        {
            // Each option starts a line, followed by its value.
            text.Append(word.StartsWith("--", StringComparison.Ordinal) ? " \\\n  " : " ").Append(ShellWord.Quoted(word));
        }

        return text.ToString();
    }

    private static string Directive(string option) => option.AsSpan().ContainsAny(" #\"'\\") ? ShellWord.Quoted(option) : option;

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
