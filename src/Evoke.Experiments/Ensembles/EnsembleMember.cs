namespace Evoke.Experiments.Ensembles;

/// <summary>A member of an ensemble and its scores alone.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Name">The given name: a run's folder or a model file.</param>
/// <param name="RecordedPearson">The validation score by which it was chosen; null if its file records none.</param>
/// <param name="Pearson">Its score on the validation videos given, by the challenge's protocol.</param>
/// <param name="PearsonDetectedOnly">The same over rows with labels.</param>
/// <param name="Ccc">Concordance correlation.</param>
/// <param name="SawValidation">True if it was trained on the validation videos too.</param>
/// <param name="Shares">Its share in each emotion; null for a plain mean.</param>
public sealed record EnsembleMember(
    string Name, double? RecordedPearson, double Pearson, double PearsonDetectedOnly, double Ccc, bool SawValidation,
    IReadOnlyDictionary<string, double>? Shares);
