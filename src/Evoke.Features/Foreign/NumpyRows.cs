using Evoke.Curves;
using Evoke.Features.Import;
using Evoke.Files;
using Evoke.Tensors;
using Evoke.Tensors.AnyFormat;

namespace Evoke.Features.Foreign;

/// <summary>Rows of features in NumPy's files.</summary>
internal static class NumpyRows
{
    /// <summary>Opens a file of one array or several.</summary>
    /// <exception cref="TensorFileException">It cannot be read.</exception>
    /// <exception cref="ForeignFeatureException">It is a file of weights under NumPy's name.</exception>
    public static TensorFile Open(string path)
    {
        if (FileKind.SpecialName(path) is { } special)
        {
            throw new ForeignFeatureException(path, $"expected a file of NumPy, found {special}."); // Opening it would wait for its writer.
        }

        TensorFile file = WeightFile.Open(path);
        if (file.Format is TensorFileFormat.NumpyArray or TensorFileFormat.NumpyZip)
        {
            return file;
        }

        file.Dispose();
        throw new ForeignFeatureException(path, $"expected a file of NumPy, found {file.Format}.");
    }

    /// <summary>Reads the rows of an array.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The array: [T, D], at least one row, of numbers that are all finite.</param>
    /// <param name="rate">Rows per second; null to read the times.</param>
    /// <param name="times">The array with the times [T] and the file it is in; null if there is none.</param>
    public static TimedRows Read(TensorFile file, string name, Rate? rate, (TensorFile File, string Name)? times)
    {
        (float[] values, int steps, int width) = Values(file, name);
        if (rate is { } said)
        {
            return TimedRows.AtRate(values, width, said);
        }

        return times is { } clock
            ? RowClock.At(values, width, Times(clock.File, clock.Name, steps), (row, problem) => new ForeignFeatureException(
                clock.File.Path, row < 0 ? $"{problem}." : $"'{clock.Name}', row {row}: {problem}."))
            : throw new ForeignFeatureException(
                file.Path,
                "it does not say when its rows are: give their rate with --visual-rate or --audio-rate, or keep their times beside them, "
                + "as ID_timestamps_ms.npy.");
    }

    private static (float[] Values, int Steps, int Width) Values(TensorFile file, string name)
    {
        TensorInfo info = file[name];
        if (info.Shape is not [> 0 and var steps, > 0 and var width])
        {
            throw new ForeignFeatureException(
                file.Path, $"expected [T, D], a row of numbers for each time, for '{name}', found [{string.Join(", ", info.Shape.ToArray())}].");
        }

        float[] values = file.ReadFloats(name);
        return NonFinite.FirstIn(values) is not { } bad
            ? (values, (int)steps, (int)width)
            : throw new ForeignFeatureException(file.Path, FormattableString.Invariant(
                $"expected finite numbers for '{name}', found {values[bad]} in row {bad / (int)width}, column {bad % (int)width}."));
    }

    private static double[] Times(TensorFile file, string name, int steps)
    {
        TensorInfo info = file[name];
        double scale = ArrayNames.IsMilliseconds(name) ? 1e-3 : 1;
        return info.ElementCount == steps
            ? [.. file.ReadDoubles(name).Select(time => time * scale)]
            : throw new ForeignFeatureException(
                file.Path, $"expected a time for each of the {steps} rows in '{name}', found [{string.Join(", ", info.Shape.ToArray())}].");
    }
}
