namespace Evoke.Training.Reports;

/// <summary>One line of an <see cref="EpochChart"/>.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Class">How it is drawn: a class of report.css.</param>
/// <param name="Points">Epochs, rising, and values.</param>
internal sealed record EpochLine(string Name, string Class, IReadOnlyList<(int Epoch, double Value)> Points);
