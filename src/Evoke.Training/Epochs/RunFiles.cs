using System.Text;
using Evoke.Curves;
using Evoke.Files;
using Evoke.Heads.ModelFiles;
using Evoke.Training.Reports;
using Evoke.Training.Runs;

namespace Evoke.Training.Epochs;

/// <summary>Writes the files of a run. Each file is complete at any moment, and together they never go beyond the last checkpoint.</summary>
internal sealed class RunFiles
{
    private readonly RunSetup _plan;
    private readonly TrainedNetwork _network;
    private EventFile? _events;

    /// <summary>Creates the writer.</summary>
    public RunFiles(RunSetup plan, TrainedNetwork network) => (_plan, _network) = (plan, network);

    private RunFolder Folder => _plan.Folder;

    private EmotionScheme Scheme => _plan.Train.Labels.Scheme;

    /// <summary>Writes the files that exist before the first step, and metrics.csv of a resumed run if it is not what the checkpoint says.</summary>
    /// <returns>What users should know.</returns>
    public IReadOnlyList<string> Start(RunState state)
    {
        string[] notes = [.. RestoreMetrics(state)];
        WriteRecipe(_plan, state);
        RunSummary.Of(_plan, state).Write(Folder);
        _events = _plan.Options.TensorBoard ? EventFile.Open(Folder.TensorBoard, Scheme, state.Epochs) : null;
        return notes;
    }

    /// <summary>Writes the model as it is after a validation.</summary>
    /// <param name="model">The model.</param>
    /// <param name="epochs">Epochs done.</param>
    /// <param name="isBest">True if it is the best so far.</param>
    public void WriteModel(ModelContent model, int epochs, bool isBest)
    {
        if (_plan.Options.KeepsModels)
        {
            ModelFile.Write(Folder.ModelAfter(epochs), model);
        }

        ModelFile.Write(Folder.Last, model);
        if (isBest)
        {
            ModelFile.Write(Folder.Best, model);
        }
    }

    /// <summary>Writes everything that is needed to resume, and the files for users.</summary>
    public void WriteCheckpoint(RunState state)
    {
        MetricsFile.Write(Folder.Metrics, Scheme, state.Metrics);
        RunCheckpoint.Write(Folder.Checkpoint, state, _network);
        _events?.Add(state.Epochs); // Epochs before a checkpoint are never trained again.
        RunSummary.Of(_plan, state).Write(Folder);
        WriteReport(state);
    }

    /// <summary>Writes the report if a run was killed between its last checkpoint and its report.</summary>
    public void Finish(RunState state)
    {
        if (!File.Exists(Folder.Report))
        {
            WriteReport(state);
        }
    }

    /// <summary>Writes the recipe in full.</summary>
    public static void WriteRecipe(RunSetup plan, RunState state) => WriteText(plan.Folder.Recipe, state.Origin.Recipe);

    /// <summary>Writes the report and, once there is a model, its card.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="state">How far it is.</param>
    /// <param name="parameters">Number of weights.</param>
    public static void WriteReport(RunSetup plan, RunState state, long parameters)
    {
        RunPage.Write(RunReport.Of(plan, state, parameters), plan.Folder.Report);
        if (state.BestEpoch > 0)
        {
            WriteText(plan.Folder.Card, RunCard.Of(plan, state));
        }
    }

    private IEnumerable<string> RestoreMetrics(RunState state)
    {
        byte[] expected = MetricsFile.BytesOf(Scheme, state.Metrics);
        if (state.Metrics.IsEmpty || (File.Exists(Folder.Metrics) && File.ReadAllBytes(Folder.Metrics).AsSpan().SequenceEqual(expected)))
        {
            yield break;
        }

        // After a kill between the two files, the table has an epoch more than the checkpoint; that epoch is trained again.
        bool isDamaged = !File.Exists(Folder.Metrics) || !File.ReadAllBytes(Folder.Metrics).AsSpan().StartsWith(expected);
        MetricsFile.Write(Folder.Metrics, Scheme, state.Metrics);
        if (isDamaged)
        {
            yield return $"{Folder.Metrics} was damaged; it was written again from the checkpoint.";
        }
    }

    private void WriteReport(RunState state) => WriteReport(_plan, state, _network.Head.ParameterCount);

    private static void WriteText(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
