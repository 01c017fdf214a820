using System.Globalization;
using Evoke.Cli.Progress;
using Evoke.Training.Epochs;

namespace Evoke.Cli.Train;

/// <summary>Shows training on a progress line of one run or many.</summary>
internal static class TrainingLine
{
    /// <summary>Shows the progress of one run on a line that counts runs.</summary>
    /// <param name="line">Counts runs.</param>
    /// <param name="label">The name of the run.</param>
    /// <param name="happening">What happened in the run.</param>
    /// <param name="position">Number of runs before this one.</param>
    /// <param name="count">Number of runs.</param>
    /// <param name="epochs">Number of epochs that it is trained for; null for all epochs of its recipe.</param>
    public static void ShowRun(this IProgressLine line, string label, TrainingEvent happening, int position, int count, int? epochs = null)
    {
        switch (happening)
        {
            case RunStarted started:
                line.Skip(position + Math.Min(1, (double)started.ResumedEpoch / (epochs ?? started.Epochs)));
                break;
            case MemberStarted member:
                line.Skip(position + Math.Min(1, member.EpochsDone / member.Epochs));
                break;
            case StepDone step:
                line.Report(position + Math.Min(1, step.Epoch / (epochs ?? step.Epochs)), count, Describe(label, step));
                break;
            default:
                break;
        }
    }

    /// <summary>Shows the progress of a single run, in epochs.</summary>
    /// <param name="line">Counts epochs.</param>
    /// <param name="label">The name of the run.</param>
    /// <param name="happening">What happened in the run.</param>
    public static void ShowEpochs(this IProgressLine line, string label, TrainingEvent happening)
    {
        switch (happening)
        {
            case RunStarted started:
                line.Skip(started.ResumedEpoch);
                break;
            case MemberStarted member:
                line.Skip(member.EpochsDone);
                break;
            case StepDone step:
                line.Report(step.Epoch, step.Epochs, Describe(label, step));
                break;
            default:
                break;
        }
    }

    // "paper: loss 0.0123, Pearson 0.0456": the score of the last validation.
    private static string Describe(string label, StepDone step)
    {
        string pearson = step.ValidationPearson is { } last ? string.Create(CultureInfo.InvariantCulture, $", Pearson {last:F4}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{label}: loss {step.Loss:F4}{pearson}");
    }
}
