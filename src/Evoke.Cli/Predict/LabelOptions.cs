using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Verbs;
using Evoke.Curves;
using Evoke.Datasets.Viewers;

namespace Evoke.Cli.Predict;

/// <summary>The options that hold predictions against what viewers said.</summary>
internal sealed class LabelOptions
{
    private readonly PathOption<string?> _labels = new("--labels", PathRole.InputFileOrFolder)
    {
        Description = "What viewers said, to show under the curves and to score them: labels in EEV's format, a folder from 'evoke dataset import', or a file "
            + "of ratings.",
        HelpName = "FILE|DIR",
    };

    private readonly Option<double> _lag = NumberOptions.Number(
        "--lag", "How late raters answered, in seconds: labels are moved earlier by this first.", "S", usual: 0, least: 0, most: 60);

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_labels);
        verb.Add(_lag);
        verb.Needs(_lag, _labels);
    }

    /// <summary>Reads the labels; null if none were given.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="predicted">The curves that are predicted.</param>
    /// <param name="inputs">What is predicted.</param>
    public ViewerLabels? Read(VerbContext context, EmotionScheme predicted, IReadOnlyList<PredictionInput> inputs)
    {
        if (context.Get(_labels) is not { } path)
        {
            return null;
        }

        ViewerLabels labels = ViewerLabels.Read(path, context.GetRequired(_lag), context.CancellationToken);
        foreach (string note in labels.Notes)
        {
            context.Log(note);
        }

        labels.ThrowIfNothingIsPredicted(predicted);
        if (inputs.All(input => input.Video is not null)) // A feature file says only when it is read whose features it has.
        {
            labels.ThrowIfOfOthers([.. inputs.Select(input => (input.Name, Path.GetFileName(input.Path)))]);
        }

        return labels;
    }
}
