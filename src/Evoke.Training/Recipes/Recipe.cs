using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using Evoke.Training.Losses;
using Evoke.Training.Optimizers;
using Evoke.Training.Schedules;

namespace Evoke.Training.Recipes;

/// <summary>Everything besides the data that determines how a model is trained. The defaults are the paper's.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record Recipe
{
    /// <summary>A name for display.</summary>
    [RecipeKey("name")]
    public string Name { get; init; } = "";

    /// <summary>Its purpose, in one sentence.</summary>
    [RecipeKey("description")]
    public string Description { get; init; } = "";

    /// <summary>What the head is trained on.</summary>
    [RecipeKey("data")]
    public DataRecipe Data { get; init; } = new();

    /// <summary>The network.</summary>
    [RecipeKey("head")]
    public HeadRecipe Head { get; init; } = new();

    /// <summary>The loss to minimise.</summary>
    [RecipeKey("loss")]
    public LossRecipe Loss { get; init; } = new();

    /// <summary>The optimisation.</summary>
    [RecipeKey("train")]
    public TrainRecipe Train { get; init; } = new();

    /// <summary>The heads and losses that the recipe may name: those that it was read with.</summary>
    public TrainingCatalog Catalog { get; init; } = TrainingCatalog.Default;

    /// <summary>True for heads that are solved at once, without epochs or a loss.</summary>
    public bool IsSolved => Catalog.HeadOf(Head).IsSolved;

    /// <summary>Several models in one.</summary>
    [RecipeKey("ensemble")]
    public EnsembleRecipe Ensemble { get; init; } = new();

    /// <summary>True if the recipe trains an ensemble, not one model.</summary>
    public bool IsEnsemble => Ensemble.Heads.Count > 0;

    /// <summary>The recipe of one kind of head of an ensemble.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="seed">Added to <c>train.seed</c>.</param>
    internal Recipe MemberOf(string kind, int seed)
    {
        HeadRecipe head = Head with { Kind = kind, Own = kind == Head.Kind ? Head.Own : null };
        Recipe member = this with { Ensemble = new(), Head = head, Data = Data with { MergeValidation = false } };
        TrainRecipe train = Train with { EpochsByFolds = false, Patience = 0, Seed = (int)((Train.Seed + (long)seed) % int.MaxValue) };
        return member with { Train = member.IsSolved ? train with { Epochs = 1, SwaFrom = 0, ValidateEvery = 1 } : train };
    }

    /// <summary>Mistakes that no single key shows, one sentence each.</summary>
    internal IEnumerable<string> Contradictions()
    {
        if (Loss is { ClipWeight: > 0 } or { InstanceWeight: > 0 } && Data.Modalities != ModalityChoice.Both)
        {
            yield return "loss.clip_weight and loss.instance_weight compare picture with sound: data.modalities must be both.";
        }

        if (Train.Nesterov && Train.Momentum == 0)
        {
            yield return "train.nesterov needs train.momentum above 0.";
        }

        if (Train.SwaFrom >= Train.Epochs && Train.SwaFrom > 0)
        {
            yield return $"train.swa_from must be below train.epochs ({Train.Epochs}); found {Train.SwaFrom}.";
        }

        if (Train.SamRadius > 0 && Train.Accumulate > 1)
        {
            yield return "train.sam_radius computes the gradients of each step twice: train.accumulate must be 1.";
        }

        if (Data is { Standardise: true, Centre: false })
        {
            yield return "data.standardise divides what data.centre leaves: data.centre must be true.";
        }

        foreach (string entry in Data.Omit.Where(entry => OmittedFeatures.TryRead(entry) is null))
        {
            yield return OmittedFeatures.Mistake(entry);
        }

        foreach (string mistake in Ensemble.Mistakes(Catalog))
        {
            yield return mistake;
        }

        if (Train is { EpochsByFolds: true, Patience: > 0 })
        {
            yield return "train.epochs_by_folds chooses the number of epochs without validation videos: train.patience must be 0.";
        }

        if (IsSolved && Train.Epochs != 1 && !IsEnsemble)
        {
            yield return $"head.kind {Head.Kind} is solved at once: train.epochs must be 1; found {Train.Epochs}.";
        }

        if (Data.ClipSteps == 0 && Data.LabelFilter != LabelFilterKind.None)
        {
            yield return "data.label_filter works on clips: data.clip_steps must be above 0.";
        }
    }
}

/// <summary>What the head is trained on: the section <c>data</c>.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record DataRecipe
{
    /// <summary>Steps per second of features and labels in training (Hz).</summary>
    [RecipeKey("rate", Minimum = 0, MinimumExcluded = true, Maximum = EevCsv.HighestRate)]
    public Rate Rate { get; init; } = new(1);

    /// <summary>Steps per clip; 0 for whole videos.</summary>
    [RecipeKey("clip_steps", Minimum = 0, Maximum = 100_000)]
    public int ClipSteps { get; init; } = 60;

    /// <summary>
    /// How late raters answered, in seconds: labels are moved earlier by this, for training and validation, so that predictions come when something is felt.
    /// </summary>
    [RecipeKey("lag", Minimum = 0, Maximum = 60)]
    public double Lag { get; init; }

    /// <summary>The filter on the labels.</summary>
    [RecipeKey("label_filter")]
    public LabelFilterKind LabelFilter { get; init; }

    /// <summary>What to do with rows without labels.</summary>
    [RecipeKey("gaps")]
    public GapTreatment Gaps { get; init; }

    /// <summary>The largest share of a clip's steps to drop at random; the share is drawn for each clip, uniformly from 0.</summary>
    [RecipeKey("time_dropout", Minimum = 0, Maximum = 1, MaximumExcluded = true)]
    public double TimeDropout { get; init; }

    /// <summary>True to append the time in seconds to each step's features.</summary>
    [RecipeKey("position")]
    public bool Position { get; init; }

    /// <summary>How many seconds of that time count as 1: 1 as in SML, 60 for recurrent heads, which work better with small inputs.</summary>
    [RecipeKey("position_unit", Minimum = 0, MinimumExcluded = true, Maximum = 1e6)]
    public double PositionUnit { get; init; } = 1;

    /// <summary>Which modalities the head uses.</summary>
    [RecipeKey("modalities")]
    public ModalityChoice Modalities { get; init; }

    /// <summary>How features are scaled.</summary>
    [RecipeKey("normalisation")]
    public NormalisationKind Normalisation { get; init; }

    /// <summary>
    /// Lengths in seconds of windows around each step, for example [1, 5, 15, 31]: the head gets each feature's average over each of them; empty for the
    /// features as they are.
    /// </summary>
    [RecipeKey("scales", Minimum = 1, Maximum = 3_600)]
    public IReadOnlyList<int> Scales { get; init; } = [];

    /// <summary>
    /// True to subtract from each feature its mean over the video: only changes within a video count. The solved heads then fit the labels' changes within
    /// each video too.
    /// </summary>
    [RecipeKey("centre")]
    public bool Centre { get; init; }

    /// <summary>
    /// With centre: true to divide each feature by its standard deviation over the video too, so that videos with large and with small changes count alike.
    /// </summary>
    [RecipeKey("standardise")]
    public bool Standardise { get; init; }

    /// <summary>
    /// Features that are left out: 'visual' or 'audio' and a number, or the first and the last one, from 0: ['visual 12-155'] leaves out the bits of a
    /// perceptual hash.
    /// </summary>
    [RecipeKey("omit")]
    public IReadOnlyList<string> Omit { get; init; } = [];

    /// <summary>
    /// True to leave out the bits of codes such as perceptual hashes: 16 or more neighbouring features that are at their lowest value in at least a tenth
    /// of the training videos' steps and at their highest in at least a tenth.
    /// </summary>
    [RecipeKey("omit_codes")]
    public bool OmitCodes { get; init; }

    /// <summary>
    /// Only features are kept that go with the labels in the same way in most training videos: the root mean square over the curves of t, the mean
    /// correlation within a video over its standard error, is at least this. 1 is what a feature without any relation has; 0 keeps all.
    /// </summary>
    [RecipeKey("screen", Minimum = 0, Maximum = 100)]
    public double Screen { get; init; }

    /// <summary>
    /// True to train on the validation videos too, as for one member of the paper's ensemble; the validation score then measures memorisation.
    /// </summary>
    [RecipeKey("merge_validation")]
    public bool MergeValidation { get; init; }

    /// <summary>Names of the emotions that count in the loss; empty for all.</summary>
    [RecipeKey("emotions")]
    public IReadOnlyList<string> Emotions { get; init; } = [];
}

/// <summary>The network: the section <c>head</c>. Each kind reads only its own keys.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HeadRecipe : IKindSection
{
    /// <summary>Which network turns features into curves.</summary>
    [RecipeKey("kind")]
    public string Kind { get; init; } = "gru";

    /// <summary>The settings of a head that has keys of its own, in the section of its name; null for others.</summary>
    public HeadConfig? Own { get; init; }

    object? IKindSection.OwnSettings => Own;

    object IKindSection.With(object? ownSettings) => this with { Own = (HeadConfig?)ownSettings };

    /// <summary>gru, emobase: hidden units of the visual GRU, per direction.</summary>
    [RecipeKey("visual_hidden", Minimum = 1, Maximum = 65_536)]
    public int VisualHidden { get; init; } = 512;

    /// <summary>gru, emobase: hidden units of the audio GRU, per direction.</summary>
    [RecipeKey("audio_hidden", Minimum = 1, Maximum = 65_536)]
    public int AudioHidden { get; init; } = 128;

    /// <summary>gru, emobase: layers of each GRU.</summary>
    [RecipeKey("layers", Minimum = 1, Maximum = 64)]
    public int Layers { get; init; } = 2;

    /// <summary>gru, emobase: true to read each clip in both directions.</summary>
    [RecipeKey("bidirectional")]
    public bool Bidirectional { get; init; } = true;

    /// <summary>Dropout rate in training: between GRU layers, or after convolutions.</summary>
    [RecipeKey("dropout", Minimum = 0, Maximum = 1, MaximumExcluded = true)]
    public double Dropout { get; init; } = 0.3;

    /// <summary>
    /// gru: true to start at the mean labels of each emotion, false at the middle of the scale. Use it for curves of small range with losses such as ccc,
    /// whose gradient on the level is small far from the labels.
    /// </summary>
    [RecipeKey("start_at_labels")]
    public bool StartAtLabels { get; init; }

    /// <summary>tcn: number of stacked networks.</summary>
    [RecipeKey("stacks", Minimum = 1, Maximum = 64)]
    public int Stacks { get; init; } = 2;

    /// <summary>tcn: blocks per network; block i has dilation 2^i.</summary>
    [RecipeKey("levels", Minimum = 1, Maximum = 20)]
    public int Levels { get; init; } = 4;

    /// <summary>tcn: channels of the hidden layers.</summary>
    [RecipeKey("channels", Minimum = 1, Maximum = 65_536)]
    public int Channels { get; init; } = 512;

    /// <summary>tcn: kernel size of the convolutions, in steps.</summary>
    [RecipeKey("kernel_size", Minimum = 1, Maximum = 1_024)]
    public int KernelSize { get; init; } = 3;

    /// <summary>tcn: true for weight normalisation: length and direction of each filter are learnt separately.</summary>
    [RecipeKey("weight_norm")]
    public bool WeightNorm { get; init; }

    /// <summary>tcn: hidden units of the final regression.</summary>
    [RecipeKey("regression_hidden", Minimum = 1, Maximum = 65_536)]
    public int RegressionHidden { get; init; } = 128;

    /// <summary>tcn: factor on the network's output; 0.1 trains it on ten times the labels, as in SML.</summary>
    [RecipeKey("output_scale", Minimum = 0, MinimumExcluded = true, Maximum = 1_000)]
    public double OutputScale { get; init; } = 0.1;

    /// <summary>
    /// ridge, kernel_ridge: the penalty; 0 to choose it by five folds of the training videos. ridge: on squared slopes of standardised features, relative to
    /// the number of steps. kernel_ridge: added to the kernel's diagonal.
    /// </summary>
    [RecipeKey("penalty", Minimum = 0, Maximum = 1e9)]
    public double Penalty { get; init; }

    /// <summary>
    /// kernel_ridge: how fast the kernel falls: exp(-kernel_width * mean squared difference of two steps); 0 to choose it by five folds of the training
    /// videos.
    /// </summary>
    [RecipeKey("kernel_width", Minimum = 0, Maximum = 1e6)]
    public double KernelWidth { get; init; }

    /// <summary>kernel_ridge: the largest number of training steps to keep, evenly spaced; time grows with its cube.</summary>
    [RecipeKey("support", Minimum = 2, Maximum = 20_000)]
    public int Support { get; init; } = 1_500;

    /// <summary>
    /// ridge, kernel_ridge: the spread of each predicted curve within a video relative to that of the labels; 0 for the least-squares fit, whose curves are
    /// flat where features say little. A spread near 1 gives a higher CCC.
    /// </summary>
    [RecipeKey("spread", Minimum = 0, Maximum = 10)]
    public double Spread { get; init; }
}

/// <summary>The loss to minimise: the section <c>loss</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LossRecipe : IKindSection
{
    /// <summary>The loss of the curves.</summary>
    [RecipeKey("kind")]
    public string Kind { get; init; } = "l1";

    /// <summary>The loss with its settings, if it has keys of its own, in the section of its name; null for others.</summary>
    public CurveLoss? Own { get; init; }

    object? IKindSection.OwnSettings => Own;

    object IKindSection.With(object? ownSettings) => this with { Own = (CurveLoss?)ownSettings };

    /// <summary>Factor on that loss.</summary>
    [RecipeKey("scale", Minimum = 0, MinimumExcluded = true, Maximum = 1e6)]
    public double Scale { get; init; } = 1;

    /// <summary>
    /// Weight of the Pearson loss, added to the loss of the curves; 0 for none. ccc with it learns shapes as well as pearson does, and also levels, which
    /// pearson ignores.
    /// </summary>
    [RecipeKey("pearson_weight", Minimum = 0, Maximum = 1e6)]
    public double PearsonWeight { get; init; }

    /// <summary>How much each label counts in these losses.</summary>
    [RecipeKey("weights")]
    public LabelWeighting Weights { get; init; }

    /// <summary>
    /// With weights spread: the smallest spread that is told apart, as a share of the curve's range. Labels whose raters are closer count as much as those
    /// at this spread: a smaller floor trusts full agreement more.
    /// </summary>
    [RecipeKey("spread_floor", Minimum = 0, MinimumExcluded = true, Maximum = 1)]
    public double SpreadFloor { get; init; } = 0.1;

    /// <summary>Weight of the CLIP loss between picture and sound; 0 for none.</summary>
    [RecipeKey("clip_weight", Minimum = 0, Maximum = 1e6)]
    public double ClipWeight { get; init; }

    /// <summary>Weight of the instance loss; 0 for none.</summary>
    [RecipeKey("instance_weight", Minimum = 0, Maximum = 1e6)]
    public double InstanceWeight { get; init; }

    /// <summary>Width of the embeddings in which picture and sound are compared.</summary>
    [RecipeKey("embedding", Minimum = 1, Maximum = 65_536)]
    public int Embedding { get; init; } = 128;
}

/// <summary>How the loss is minimised: the section <c>train</c>.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record TrainRecipe
{
    /// <summary>Number of passes over the training videos.</summary>
    [RecipeKey("epochs", Minimum = 1, Maximum = 1e6)]
    public int Epochs { get; init; } = 200;

    /// <summary>
    /// True to choose inside the training videos after how many epochs training stops: five models are trained for all epochs, each without a fifth of the
    /// videos, and scored on these at each validation. The number of epochs with the best score is used on all training videos; validation videos choose
    /// nothing. The learning rate follows the schedule of all epochs.
    /// </summary>
    [RecipeKey("epochs_by_folds")]
    public bool EpochsByFolds { get; init; }

    /// <summary>Clips per step.</summary>
    [RecipeKey("batch", Minimum = 1, Maximum = 65_536)]
    public int Batch { get; init; } = 128;

    /// <summary>True to drop an epoch's last batch if it is not full.</summary>
    [RecipeKey("drop_last")]
    public bool DropLast { get; init; } = true;

    /// <summary>Number of batches whose gradients are averaged for one optimizer step.</summary>
    [RecipeKey("accumulate", Minimum = 1, Maximum = 65_536)]
    public int Accumulate { get; init; } = 1;

    /// <summary>The optimizer.</summary>
    [RecipeKey("optimizer")]
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The base learning rate.</summary>
    [RecipeKey("lr", Minimum = 0, MinimumExcluded = true, Maximum = 1e3)]
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>Weight decay.</summary>
    [RecipeKey("weight_decay", Minimum = 0, Maximum = 1e3)]
    public double WeightDecay { get; init; } = 1e-5;

    /// <summary>adam, adamw: decay of the mean of gradients.</summary>
    [RecipeKey("beta1", Minimum = 0, Maximum = 1, MaximumExcluded = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>adam, adamw: decay of the mean of squared gradients.</summary>
    [RecipeKey("beta2", Minimum = 0, Maximum = 1, MaximumExcluded = true)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>adam, adamw: added to the denominator.</summary>
    [RecipeKey("epsilon", Minimum = 0, MinimumExcluded = true, Maximum = 1)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>sgd: decay of the running sum of gradients.</summary>
    [RecipeKey("momentum", Minimum = 0, Maximum = 1, MaximumExcluded = true)]
    public double Momentum { get; init; }

    /// <summary>sgd: true to look one step ahead.</summary>
    [RecipeKey("nesterov")]
    public bool Nesterov { get; init; }

    /// <summary>The largest joint norm of all gradients; 0 for no limit.</summary>
    [RecipeKey("clip_norm", Minimum = 0, Maximum = 1e9)]
    public double ClipNorm { get; init; }

    /// <summary>Radius of sharpness-aware minimisation (rho); 0 for none.</summary>
    [RecipeKey("sam_radius", Minimum = 0, Maximum = 100)]
    public double SamRadius { get; init; }

    /// <summary>The number of epochs after which weights are averaged (SWA); 0 for none.</summary>
    [RecipeKey("swa_from", Minimum = 0, Maximum = 1e6)]
    public int SwaFrom { get; init; }

    /// <summary>The schedule of the learning rate.</summary>
    [RecipeKey("schedule")]
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Multistep;

    /// <summary>multistep: the epochs at which the rate changes.</summary>
    [RecipeKey("milestones", Minimum = 1, Maximum = 1e6)]
    public IReadOnlyList<int> Milestones { get; init; } = [40, 80];

    /// <summary>multistep: factor on the rate at each milestone.</summary>
    [RecipeKey("gamma", Minimum = 0, MinimumExcluded = true, Maximum = 1)]
    public double Gamma { get; init; } = 0.3;

    /// <summary>cosine, cosine_restarts: the final rate relative to the base rate.</summary>
    [RecipeKey("final_factor", Minimum = 0, Maximum = 1)]
    public double FinalFactor { get; init; }

    /// <summary>cosine_restarts: epochs of the first cycle.</summary>
    [RecipeKey("restart_epochs", Minimum = 1, Maximum = 1e6)]
    public int RestartEpochs { get; init; } = 10;

    /// <summary>cosine_restarts: length of each cycle relative to the one before.</summary>
    [RecipeKey("restart_multiplier", Minimum = 1, Maximum = 100)]
    public int RestartMultiplier { get; init; } = 2;

    /// <summary>Epochs of linear warm-up of the rate; 0 for none.</summary>
    [RecipeKey("warm_up_epochs", Minimum = 0, Maximum = 1e6)]
    public double WarmUpEpochs { get; init; }

    /// <summary>The rate at the start of the warm-up, relative to the base rate.</summary>
    [RecipeKey("warm_up_factor", Minimum = 0, MinimumExcluded = true, Maximum = 1)]
    public double WarmUpFactor { get; init; } = 0.01;

    /// <summary>Epochs between validations, each of which writes a checkpoint. The last epoch is always validated.</summary>
    [RecipeKey("validate_every", Minimum = 1, Maximum = 1e6)]
    public int ValidateEvery { get; init; } = 3;

    /// <summary>The score by which the best checkpoint is chosen.</summary>
    [RecipeKey("metric")]
    public SelectionMetric Metric { get; init; }

    /// <summary>Number of validations without improvement after which training stops early; 0 for never.</summary>
    [RecipeKey("patience", Minimum = 0, Maximum = 1e6)]
    public int Patience { get; init; }

    /// <summary>The seed of all random numbers.</summary>
    [RecipeKey("seed", Minimum = 0, Maximum = int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The precision of the network's arithmetic: float32 is exact and reproducible; null, in files "fastest", is the faster of float32 and bfloat16 on the
    /// device. Weights are always kept in float32.
    /// </summary>
    [RecipeKey("precision")]
    public Precision? Precision { get; init; }

    /// <summary>The optimizer for the given weights.</summary>
    internal Optimizer ToOptimizer(IReadOnlyList<NamedParameter> weights) => Optimizer switch
    {
        OptimizerKind.Adam or OptimizerKind.Adamw => new Adam(weights, LearningRate, new AdamOptions
        {
            Beta1 = Beta1,
            Beta2 = Beta2,
            Epsilon = Epsilon,
            WeightDecay = WeightDecay,
            Decoupled = Optimizer == OptimizerKind.Adamw,
        }),
        OptimizerKind.Sgd => new Sgd(weights, LearningRate, new SgdOptions { Momentum = Momentum, Nesterov = Nesterov, WeightDecay = WeightDecay }),
        _ => throw new InvalidOperationException($"Unknown optimizer: {Optimizer}."),
    };

    /// <summary>The learning rate schedule.</summary>
    internal LearningRateSchedule ToSchedule()
    {
        LearningRateSchedule schedule = Schedule switch
        {
            ScheduleKind.Constant => new ConstantSchedule(),
            ScheduleKind.Multistep => new MultiStepSchedule(Milestones, Gamma),
            ScheduleKind.Cosine => new CosineSchedule(Epochs, FinalFactor),
            ScheduleKind.CosineRestarts => new CosineRestartsSchedule(RestartEpochs, RestartMultiplier, FinalFactor),
            _ => throw new InvalidOperationException($"Unknown schedule: {Schedule}."),
        };
        return WarmUpEpochs > 0 ? new WarmUpSchedule(WarmUpEpochs, WarmUpFactor, schedule) : schedule;
    }
}
