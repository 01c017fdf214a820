using Evoke.Training.Epochs;

namespace Evoke.Training.Members;

/// <summary>Turns what happens in the runs of folds into progress of the run that they belong to.</summary>
/// <param name="progress">The progress of the whole run.</param>
/// <param name="before">Epochs of runs before the first fold.</param>
/// <param name="each">Epochs of each fold.</param>
/// <param name="all">Epochs of all runs.</param>
internal sealed class MemberProgress(IProgress<TrainingEvent>? progress, int before, int each, int all)
{
    /// <summary>Passes on the start and the steps; validations of folds are not validations of the run.</summary>
    /// <param name="fold">The number of the fold, from 0.</param>
    /// <param name="name">Its name.</param>
    /// <param name="happening">What happened.</param>
    public void Show(int fold, string name, TrainingEvent happening)
    {
        double done = before + ((double)fold * each);
        switch (happening)
        {
            case RunStarted started:
                progress?.Report(new MemberStarted(name, done + started.ResumedEpoch, all));
                break;
            case StepDone step:
                progress?.Report(step with { Epoch = done + step.Epoch, Epochs = all });
                break;
            default:
                break;
        }
    }
}
