using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Features.Hdf5;
using Evoke.Files;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Tensorboard;
using TorchSharp;

namespace Evoke.Training.Tests.Epochs;

public sealed class TrainerTests : IDisposable
{
    private const string ChildFolder = "EVOKE_TEST_TRAIN_FOLDER";

    private readonly TemporaryFolder _folder = new();

    // One thread: these heads are too small to gain from more, and competing with other processes' threads costs minutes.
    public TrainerTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ItLearnsWhatTheFeaturesSay()
    {
        RunFinished finished = Train(ToyDataset.Recipe("train.epochs=30", "train.validate_every=10"), "run");
        finished.BestScores["pearson"].ShouldBeGreaterThan(0.4);
        finished.Epochs.ShouldBe(30);
        RunFolder run = new(_folder.File("run"));
        File.ReadAllLines(run.Metrics).Length.ShouldBe(31);
        File.ReadAllLines(run.Metrics)[0].ShouldBe("epoch,learning_rate,loss,pearson,pearson_detected_only,ccc,pearson.joy,pearson.awe,pearson.pain");
        RecipeWriter.Write(RecipeReader.Read(run.Recipe)).ShouldBe(File.ReadAllText(run.Recipe));
        RunSummary.Read(run).Finished.ShouldBeTrue();
        File.ReadAllText(run.Report).ShouldContain("Worst videos");
    }

    [Fact]
    public void PermutedLabelsTeachNothing()
    {
        string[] ids = ToyDataset.Ids("train", 24);
        LabelledVideo OfAnother(string id)
        {
            // The curve of the next video, stretched or cut to this one's rows.
            EmotionCurves other = ToyDataset.Labels(ids[(Array.IndexOf(ids, id) + 1) % ids.Length]).Curves;
            TimeGrid grid = ToyDataset.Labels(id).Curves.Grid;
            return new LabelledVideo(id, SparseToDense.Interpolate(other, grid));
        }

        Recipe recipe = ToyDataset.Recipe("train.epochs=20", "train.validate_every=20");
        using Trainer trainer = Open(recipe, ToyDataset.Set("train", 24, recipe, OfAnother), ToyDataset.Set("val", 30, recipe), _folder.File("permuted"));
        Math.Abs(trainer.Run(cancellationToken: TestContext.Current.CancellationToken).BestScores["pearson"]).ShouldBeLessThan(0.12);
    }

    [Theory]
    [InlineData("loss.kind=l1")]
    [InlineData("loss.kind=kl", "data.normalisation=none")]
    [InlineData(
        "loss.kind=mse", "head.kind=tcn", "head.channels=8", "head.regression_hidden=8",
        "data.clip_steps=0", "data.gaps=drop", "data.time_dropout=0.3", "data.position=true",
        "train.optimizer=sgd", "train.batch=1", "train.accumulate=4", "train.swa_from=2")]
    [InlineData("loss.kind=pearson", "head.kind=emobase", "data.modalities=visual", "data.normalisation=l2", "train.optimizer=adamw")]
    [InlineData("head.start_at_labels=true", "loss.pearson_weight=2")]
    [InlineData("loss.clip_weight=0.1", "loss.instance_weight=0.1", "train.sam_radius=0.05", "head.dropout=0.2", "head.layers=2")]
    [InlineData("data.rate=6", "data.clip_steps=60", "data.label_filter=butterworth", "train.schedule=cosine_restarts", "data.merge_validation=false")]
    [InlineData("data.emotions=[awe]", "data.modalities=audio", "train.metric=pearson_detected_only", "data.gaps=mask", "train.precision=bfloat16")]
    public void TheSameSeedGivesTheSameBytes(params string[] settings)
    {
        Recipe recipe = ToyDataset.Recipe([.. settings, "train.epochs=4"]);
        Train(recipe, "one");
        Train(recipe, "two");
        ShouldHoldTheSame("one", "two");
        Recipe other = ToyDataset.Recipe([.. settings, "train.epochs=4", "train.seed=2"]);
        Train(other, "other");
        File.ReadAllBytes(new RunFolder(_folder.File("other")).Last).SequenceEqual(File.ReadAllBytes(new RunFolder(_folder.File("one")).Last)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("train.optimizer=adam")]
    [InlineData(
        "train.optimizer=sgd", "train.momentum=0.9", "train.swa_from=1", "loss.clip_weight=0.1", "loss.instance_weight=0.1", "head.dropout=0.3",
        "head.layers=2")]
    public void ARunThatIsCancelledAndResumedEndsInTheSameBytes(params string[] settings)
    {
        Recipe recipe = ToyDataset.Recipe([.. settings, "train.epochs=7"]);
        Train(recipe, "straight");
        foreach (int stop in (int[])[2, 8, 8])
        {
            int steps = 0;
            using CancellationTokenSource cancel = new();
            Should.Throw<OperationCanceledException>(() => Train(recipe, "broken", e =>
            {
                if (e is StepDone && ++steps == stop)
                {
                    cancel.Cancel();
                }
            }, cancel));
        }

        Train(recipe, "broken");
        ShouldHoldTheSame("straight", "broken");
    }

    [Fact]
    public void ToldToStopARunEndsAfterItsCheckpointAndLosesNothing()
    {
        Recipe recipe = ToyDataset.Recipe(["train.epochs=4"]);
        Train(recipe, "straight");
        using CancellationTokenSource told = new();
        int validations = 0;
        using (Trainer trainer = Open(recipe, ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", 10, recipe), _folder.File("told")))
        {
            void TellAtFirstStep(TrainingEvent e)
            {
                validations += e is Validated ? 1 : 0;
                if (e is StepDone)
                {
                    told.Cancel();
                }
            }

            Should.Throw<OperationCanceledException>(() => trainer.Run(
                new InlineProgress<TrainingEvent>(TellAtFirstStep), TestContext.Current.CancellationToken, told.Token));
        }

        validations.ShouldBe(1);
        List<double> epochs = [];
        Train(recipe, "told", e => epochs.AddRange(e is StepDone step ? [step.Epoch] : []));
        epochs[0].ShouldBeGreaterThan(1, "the first epochs are not trained again");
        ShouldHoldTheSame("straight", "told");
    }

    [Fact]
    public void ARunThatIsKilledAtAnyMomentAndResumedEndsInTheSameBytes()
    {
        Recipe recipe = ChildRecipe();
        Train(recipe, "straight");
        string broken = _folder.File("broken");
        // First before the first checkpoint, then a little later after one each time: in an epoch, in a validation, while files are written.
        int kills = 0;
        foreach ((int epoch, int milliseconds) in ((int, int)[])[(0, 0), (3, 0), (9, 3), (15, 12), (21, 30), (27, 60)])
        {
            using Process child = StartChild(broken);
            while (!child.HasExited && EpochsIn(broken) < epoch)
            {
                Thread.Sleep(1);
            }

            Thread.Sleep(milliseconds);
            kills += child.HasExited ? 0 : 1;
            child.Kill(); // SIGKILL: nothing of the child runs after this.
            child.WaitForExit();
        }

        kills.ShouldBeGreaterThan(3);
        RunSummary.Read(new RunFolder(broken)).Finished.ShouldBeFalse();
        Train(recipe, "broken");
        ShouldHoldTheSame("straight", "broken");
        Directory.EnumerateFiles(broken, "*.safetensors").Select(Path.GetFileName).Order()
            .ShouldBe(["best.safetensors", "checkpoint.safetensors", "last.safetensors"]);
    }

    [Fact]
    public void EventsAreWhatTheMetricsSayAtTheTimeItWas()
    {
        DateTime before = DateTime.UtcNow;
        Train(ToyDataset.Recipe("train.epochs=5"), "run");
        DateTime after = DateTime.UtcNow;
        List<Event> events = EventRecords.ReadWhole(EventsOf("run"));

        events[0].FileVersion.ShouldBe("brain.Event:2");
        events.Select(message => DateTime.UnixEpoch.AddSeconds(message.WallTime))
            .ShouldAllBe(time => time >= before.AddSeconds(-1) && time <= after.AddSeconds(1));
        string[] metrics = File.ReadAllLines(new RunFolder(_folder.File("run")).Metrics), header = metrics[0].Split(',');
        string[] tags =
        [
            "train/learning_rate",
            "train/loss",
            "validation/pearson",
            "validation/pearson_detected_only",
            "validation/ccc",
            "pearson/joy",
            "pearson/awe",
            "pearson/pain",
        ];
        IEnumerable<(string, long, float)> expected =
            from line in metrics.Skip(1)
            let cells = line.Split(',')
            from column in Enumerable.Range(1, header.Length - 1)
            where cells[column].Length > 0
            select (tags[column - 1], long.Parse(cells[0], CultureInfo.InvariantCulture), float.Parse(cells[column], CultureInfo.InvariantCulture));
        ScalarsOf("run").Count.ShouldBe((5 * 2) + (3 * 6));
        ScalarsOf("run").ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(-400)]
    [InlineData(+300)]
    public void EventsHaveEachEpochOnceWhereverTheirFileWasCut(int bytes)
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=6");
        Train(recipe, "straight");
        using CancellationTokenSource cancel = new();
        Should.Throw<OperationCanceledException>(() => Train(recipe, "cut", e =>
        {
            if (e is Validated { Epoch: 4 })
            {
                cancel.Cancel(); // In the step after the second checkpoint.
            }
        }, cancel));
        double[] times = [.. EventRecords.ReadWhole(EventsOf("cut")).Where(message => message.Step is 1 or 2).Select(message => message.WallTime)];
        using (FileStream file = new(EventsOf("cut"), FileMode.Open))
        {
            // Truncated as after a kill, or with the start of events that are newer than the checkpoint.
            file.SetLength(Math.Max(0, file.Length + Math.Min(0, bytes)));
            file.Position = file.Length;
            file.Write(File.ReadAllBytes(EventsOf("straight")).AsSpan((int)file.Length, Math.Max(0, bytes)));
        }

        Train(recipe, "cut");
        ScalarsOf("cut").ShouldBe(ScalarsOf("straight"));
        EventRecords.ReadWhole(EventsOf("cut")).Where(message => message.Step is 1 or 2).Select(message => message.WallTime).ShouldBe(times);
        EventRecords.HasMore(EventsOf("cut"), EventRecords.ReadWhole(EventsOf("cut"))).ShouldBeFalse();
    }

    [Fact]
    public void EventsLostAfterTheLastCheckpointComeBack()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=4");
        Train(recipe, "run");
        List<(string Tag, long Step, float Value)> whole = ScalarsOf("run");
        File.Delete(EventsOf("run"));
        Train(recipe, "run");
        ScalarsOf("run").ShouldBe(whole);
    }

    /// <summary>The child process that <see cref="ARunThatIsKilledAtAnyMomentAndResumedEndsInTheSameBytes"/> starts and kills; not a test itself.</summary>
    [Fact(Explicit = true)]
    public void ChildThatIsKilled()
    {
        string? folder = Environment.GetEnvironmentVariable(ChildFolder);
        Assert.SkipWhen(folder is null, $"This runs only as a child process of another test, which sets {ChildFolder}.");
        Recipe recipe = ChildRecipe();
        using Trainer trainer = Open(recipe, ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", 10, recipe), folder);
        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void ADamagedTableOfMetricsIsToldAndWrittenAgain()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        Train(recipe, "run");
        RunFolder folder = new(_folder.File("run"));
        byte[] whole = File.ReadAllBytes(folder.Metrics);
        File.Copy(HostileFile.PathOf("metrics-9.csv"), folder.Metrics, overwrite: true);
        List<string> notes = [];

        Train(recipe, "run", happening => notes.AddRange(happening is RunStarted started ? started.Notes : [])).Epochs.ShouldBe(2);

        notes.ShouldContain($"{folder.Metrics} was damaged; it was written again from the checkpoint.");
        File.ReadAllBytes(folder.Metrics).ShouldBe(whole);
    }

    [Theory]
    [InlineData("origin", "orygin")]
    [InlineData("pearson_detected_only", "pearson_defected_only")]
    [InlineData("weight.", "weigth.")]
    public void ADamagedCheckpointIsNamed(string written, string instead)
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        Train(recipe, "run");
        RunFolder folder = new(_folder.File("run"));
        string bytes = Encoding.Latin1.GetString(File.ReadAllBytes(folder.Checkpoint));
        bytes.ShouldContain(written);
        File.WriteAllBytes(folder.Checkpoint, Encoding.Latin1.GetBytes(bytes.Replace(written, instead, StringComparison.Ordinal)));

        RunFolderException error = Should.Throw<RunFolderException>(() => Train(recipe, "run"));

        error.IsDamage.ShouldBeTrue();
        error.Message.ShouldContain("checkpoint.safetensors");
    }

    [Fact]
    public void AnotherRecipeOrOtherDataAreRefusedByName()
    {
        Train(ToyDataset.Recipe("train.epochs=2"), "run");
        Should.Throw<RunFolderException>(() => Train(ToyDataset.Recipe("train.epochs=2", "train.lr=0.5"), "run"))
            .Message.ShouldContain("train.lr was 0.01 and is 0.5");
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        Should.Throw<RunFolderException>(() => Open(recipe, ToyDataset.Set("train", 23, recipe), ToyDataset.Set("val", 10, recipe), _folder.File("run")))
            .Message.ShouldContain("on other data: 1 training video is gone (train23). Choose another folder");
    }

    [Fact]
    public void CorrectedLabelsOnTheSameGridAreRefusedByVideo()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        Train(recipe, "run");
        LabelledVideo Corrected(string id)
        {
            LabelledVideo video = ToyDataset.Labels(id);
            float[] values = video.Curves.Values.ToArray();
            values[^1] += id is "train3" or "val2" ? 0.01f : 0;
            return new LabelledVideo(id, new EmotionCurves(video.Curves.Scheme, video.Curves.Grid, values));
        }

        ShouldBeRefused(ToyDataset.Set("train", 24, recipe, Corrected), ToyDataset.Set("val", 10, recipe), "1 training video has other labels (train3)");
        ShouldBeRefused(ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", 10, recipe, Corrected), "1 validation video has other labels (val2)");
        Train(recipe, "run").Epochs.ShouldBe(2);

        void ShouldBeRefused(VideoSet train, VideoSet validation, string why) =>
            Should.Throw<RunFolderException>(() => Open(recipe, train, validation, _folder.File("run")))
                .Message.ShouldContain($"holds a run on other data: {why}. Choose");
    }

    [Fact]
    public void OtherFeaturesOfTheSameEncoderAreRefusedByVideo()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        Train(recipe, "run");
        string[] ids = ToyDataset.Ids("train", 24);
        MemoryFeatureSource features = new("features", ids, id =>
        {
            VideoFeatures video = ToyDataset.Features(id);
            video.Audio!.Values[7] += id is "train5" or "train6" ? 1e-3f : 0;
            return video;
        });
        VideoSet changed = VideoSet.Join(new LabelSet("labels", ToyDataset.Scheme, ids.Select(ToyDataset.Labels)), features, ModalityChoice.Both, new Rate(1));
        Should.Throw<RunFolderException>(() => Open(recipe, changed, ToyDataset.Set("val", 10, recipe), _folder.File("run")))
            .Message.ShouldContain("2 training videos have other features (train5, train6)");
    }

    [Fact]
    public void VideosInAnotherOrderAreRefused()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        Train(recipe, "run");
        string[] ids = [.. ToyDataset.Ids("train", 24).Reverse()];
        LabelSet labels = new("labels", ToyDataset.Scheme, ids.Select(ToyDataset.Labels));
        VideoSet turned = VideoSet.Join(labels, new MemoryFeatureSource("features", ids, ToyDataset.Features), ModalityChoice.Both, new Rate(1));
        Should.Throw<RunFolderException>(() => Open(recipe, turned, ToyDataset.Set("val", 10, recipe), _folder.File("run")))
            .Message.ShouldContain("the training videos are in another order");
    }

    [Fact]
    public void TheSummarySaysWhatTheRunWasMadeFromAndReadsBack()
    {
        string csv = _folder.File("labels.csv");
        EevCsv.Write(ToyDataset.Scheme, ToyDataset.Ids("train", 8).Select(ToyDataset.Labels), csv);
        LabelSet labels = LabelSet.Read(csv);
        RunSources sources = new()
        {
            TrainLabels = labels.File,
            Features = new FeatureLocation
            {
                Visual = new Hdf5Source("picture.h5", new Rate(1 / 0.96), ToyDataset.VisualEncoder),
                Audio = new Hdf5Source("sound.h5", new Rate(1), ToyDataset.AudioEncoder),
            },
        };
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        MemoryFeatureSource features = new("features", ToyDataset.Ids("train", 8), ToyDataset.Features);
        VideoSet train = VideoSet.Join(labels, features, ModalityChoice.Both, new Rate(1));
        RunFolder folder = new(_folder.File("run"));
        TrainerOptions options = new() { Sources = sources, Command = ["evoke", "train", "--out", "my run"] };
        using (Trainer trainer = Trainer.Open(recipe, train, ToyDataset.Set("val", 4, recipe), folder, options, TestContext.Current.CancellationToken))
        {
            trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        }

        RunSummary summary = RunSummary.Read(folder);
        summary.Evoke.ShouldBe(EvokeVersion.Text);
        summary.Command.ShouldBe(["evoke", "train", "--out", "my run"]);
        summary.Sources.ShouldBe(sources.WithFullPaths());
        summary.Sources.TrainLabels.ShouldBe(new LabelFile(csv, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(csv)))));
        summary.Sources.ValidationLabels.ShouldBeNull();
    }

    [Fact]
    public async Task TwoTrainingsAtOnceEndInTheBytesThatEachHasAlone()
    {
        Recipe one = ToyDataset.Recipe(
            "train.epochs=4", "train.seed=1", "head.dropout=0.3", "head.layers=2", "loss.clip_weight=0.1", "loss.instance_weight=0.1", "train.sam_radius=0.05");
        Recipe other = ToyDataset.Recipe("train.epochs=4", "train.seed=2", "head.kind=tcn", "head.channels=8", "head.regression_hidden=8", "head.dropout=0.3");
        Train(one, "one alone");
        Train(other, "other alone");
        using Barrier start = new(2);
        await Task.WhenAll(OnThreadOfItsOwn(one, "one"), OnThreadOfItsOwn(other, "other"));
        ShouldHoldTheSame("one alone", "one");
        ShouldHoldTheSame("other alone", "other");

        Task OnThreadOfItsOwn(Recipe recipe, string name) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                Train(recipe, name);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    [Fact]
    public void TrainingAndPredictingLeaveLibtorchsGeneratorAlone()
    {
        byte[] before = GeneratorState();
        Train(
            ToyDataset.Recipe(
                "train.epochs=2", "head.dropout=0.3", "head.layers=2", "loss.clip_weight=0.1", "loss.instance_weight=0.1", "train.sam_radius=0.05"),
            "gru");
        Train(ToyDataset.Recipe("train.epochs=2", "head.kind=tcn", "head.channels=8", "head.regression_hidden=8", "head.dropout=0.3"), "tcn");
        Train(ToyDataset.Recipe("train.epochs=2", "head.kind=emobase", "head.dropout=0.3", "head.layers=2"), "emobase");
        using HeadModel model = HeadModel.Load(new RunFolder(_folder.File("gru")).Best);
        model.Predict(ToyDataset.Features("val1"));
        GeneratorState().ShouldBe(before);

        static byte[] GeneratorState()
        {
            using torch.Tensor state = torch.random.get_rng_state();
            return [.. state.bytes];
        }
    }

    [Fact]
    public void TwoRunsInOneFolderAreRefused()
    {
        Recipe recipe = ToyDataset.Recipe();
        string folder = _folder.File("run");
        using Trainer first = Open(recipe, ToyDataset.Set("train", 8, recipe), ToyDataset.Set("val", 4, recipe), folder);
        Should.Throw<RunFolderException>(() => Open(recipe, ToyDataset.Set("train", 8, recipe), ToyDataset.Set("val", 4, recipe), folder))
            .Message.ShouldContain("another run is under way");
    }

    [Fact]
    public void AFinishedRunIsNotDoneAgain()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=2");
        Train(recipe, "run");
        DateTime written = File.GetLastWriteTimeUtc(new RunFolder(_folder.File("run")).Checkpoint);
        int steps = 0;
        Train(recipe, "run", e => steps += e is StepDone ? 1 : 0).Epochs.ShouldBe(2);
        steps.ShouldBe(0);
        File.GetLastWriteTimeUtc(new RunFolder(_folder.File("run")).Checkpoint).ShouldBe(written);
    }

    [Fact]
    public void PatienceEndsARunThatGetsNoBetter()
    {
        RunFinished finished = Train(ToyDataset.Recipe("train.epochs=50", "train.validate_every=1", "train.patience=3", "train.lr=1e-9"), "run");
        finished.StoppedEarly.ShouldBeTrue();
        finished.Epochs.ShouldBeLessThan(30);
        finished.BestEpoch.ShouldBe(finished.Epochs - 3);
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public void TheBestModelScoresWhatTheRunSays(string precision)
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=8", "data.position=true", "data.position_unit=60", $"train.precision={precision}");
        RunFinished finished = Train(recipe, "run");
        VideoSet validation = ToyDataset.Set("val", 10, recipe);
        using HeadModel model = HeadModel.Load(new RunFolder(_folder.File("run")).Best);
        DatasetScores scores = new(ToyDataset.Scheme, RowProtocol.All);
        foreach (TrainingVideo video in validation.Videos)
        {
            scores.Add(
                video.Id, video.Labels.Curves, SparseToDense.Interpolate(model.Predict(validation.Features.Read(video.Id)).Mean, video.Labels.Curves.Grid));
        }

        scores.Pearson.ShouldBe(finished.BestScores["pearson"], 1e-5);
        using ModelFile file = ModelFile.Open(new RunFolder(_folder.File("run")).Best);
        file.Members[0].Scores["pearson"].ShouldBe(finished.BestScores["pearson"]);
        file.Members[0].Scores["epoch"].ShouldBe(finished.BestEpoch);
    }

    [Fact]
    public void BFloat16ValidatesAsFloat32WithinTheSpreadOfSeeds()
    {
        double[] exact = [.. Enumerable.Range(1, 2).Select(seed => Score("float32", seed))];
        double[] fast = [.. Enumerable.Range(1, 2).Select(seed => Score("bfloat16", seed))];
        double spread = Math.Max(exact.Max() - exact.Min(), 0.03);
        Math.Abs(fast.Average() - exact.Average()).ShouldBeLessThan(spread);

        double Score(string precision, int seed) => Train(
            ToyDataset.Recipe("train.epochs=15", "train.validate_every=15", $"train.precision={precision}", $"train.seed={seed}"),
            $"{precision}-{seed}").BestScores["pearson"];
    }

    [Fact]
    public void TensorsStayFlatFromEpochToEpoch()
    {
        List<long> alive = [];
        Recipe recipe = ToyDataset.Recipe(
            "train.epochs=12", "train.sam_radius=0.05", "train.clip_norm=1", "loss.clip_weight=0.1", "head.dropout=0.2", "head.layers=2");
        Train(recipe, "run", e =>
        {
            if (e is Validated)
            {
                alive.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            }
        });
        alive.Skip(1).Distinct().Count().ShouldBe(1, string.Join(' ', alive));
    }

    [Fact]
    public void ALossThatIsNoNumberIsNamed()
    {
        Recipe recipe = ToyDataset.Recipe("data.normalisation=none");
        string[] ids = ToyDataset.Ids("train", 8);
        LabelSet labels = new("labels", ToyDataset.Scheme, ids.Select(ToyDataset.Labels));
        MemoryFeatureSource features = new("features", ids, id =>
        {
            VideoFeatures video = ToyDataset.Features(id);
            video.Visual!.Values.AsSpan().Fill(float.NaN);
            return video;
        });
        VideoSet train = VideoSet.Join(labels, features, ModalityChoice.Both, new Rate(1));
        using Trainer trainer = Open(recipe, train, ToyDataset.Set("val", 4, recipe), _folder.File("run"));
        Should.Throw<TrainingDivergedException>(() => trainer.Run(cancellationToken: TestContext.Current.CancellationToken)).Message
            .ShouldBe("The loss is NaN in batch 1 of epoch 1: either the features contain NaN or infinity, or the learning rate is too high. "
                + "Try a smaller train.lr, or set train.clip_norm.");
    }

    private static Recipe ChildRecipe() => ToyDataset.Recipe("train.epochs=60", "train.validate_every=3", "head.dropout=0.2", "head.layers=2");

    private static int EpochsIn(string folder)
    {
        string metrics = new RunFolder(folder).Metrics;
        return File.Exists(metrics) ? File.ReadAllLines(metrics).Length - 1 : 0;
    }

    private static Process StartChild(string folder)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(TrainerTests).Assembly.Location);
        }

        start.ArgumentList.Add("--explicit");
        start.ArgumentList.Add("only");
        start.ArgumentList.Add("--filter-method");
        start.ArgumentList.Add($"{typeof(TrainerTests).FullName}.{nameof(ChildThatIsKilled)}");
        start.Environment[ChildFolder] = folder;
        Process child = Process.Start(start)!;
        child.OutputDataReceived += (_, _) => { };
        child.ErrorDataReceived += (_, _) => { };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return child;
    }

    private static Trainer Open(Recipe recipe, VideoSet train, VideoSet validation, string folder) =>
        Trainer.Open(recipe, train, validation, new RunFolder(folder), cancellationToken: TestContext.Current.CancellationToken);

    private RunFinished Train(Recipe recipe, string name, Action<TrainingEvent>? progress = null, CancellationTokenSource? cancel = null)
    {
        using Trainer trainer = Open(recipe, ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", 10, recipe), _folder.File(name));
        return trainer.Run(progress is null ? null : new InlineProgress<TrainingEvent>(progress), cancel?.Token ?? TestContext.Current.CancellationToken);
    }

    private void ShouldHoldTheSame(string one, string other)
    {
        foreach (string file in (string[])["best.safetensors", "last.safetensors", "checkpoint.safetensors", "metrics.csv", "recipe.yaml", "run.json"])
        {
            File.ReadAllBytes(Path.Combine(_folder.File(one), file)).SequenceEqual(File.ReadAllBytes(Path.Combine(_folder.File(other), file)))
                .ShouldBeTrue(file);
        }

        ScalarsOf(one).ShouldBe(ScalarsOf(other), "events have each epoch once");
    }

    private string EventsOf(string name) =>
        Directory.EnumerateFiles(new RunFolder(_folder.File(name)).TensorBoard, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();

    private List<(string Tag, long Step, float Value)> ScalarsOf(string name) =>
        [
            .. EventRecords.ReadWhole(EventsOf(name)).Where(message => message.Summary is not null)
                .Select(message => (message.Summary.Value[0].Tag, message.Step, message.Summary.Value[0].SimpleValue)),
        ];
}
