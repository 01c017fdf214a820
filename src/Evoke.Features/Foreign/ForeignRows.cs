using Evoke.Curves;
using Evoke.Features.Import;
using Evoke.Files;
using Evoke.Tensors;

namespace Evoke.Features.Foreign;

/// <summary>Features in NumPy's files and tables of another program, found by the names of the files. Not thread-safe: one thread at a time.</summary>
internal sealed class ForeignRows : IRowSource
{
    private readonly Dictionary<string, List<ForeignPlace>> _places;
    private readonly Rate? _rate;
    private (string File, IReadOnlyDictionary<string, Func<TimedRows>> Videos)? _table; // of many videos, the last that was read

    private ForeignRows(string path, Rate? rate, IReadOnlyList<ForeignPlace> places)
    {
        (Path, _rate) = (path, rate);
        _places = places.GroupBy(place => place.VideoId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList());
        Key = places.Select(place => place.Key).Distinct().ToArray() is [var only] ? only : null;
        VideoIds = [.. _places.Keys.Order(StringComparer.Ordinal)];
    }

    public string Path { get; }

    /// <summary>The ending of the names; null if they have none.</summary>
    public string? Key { get; }

    public IReadOnlyList<string> VideoIds { get; }

    /// <summary>Finds the videos of a folder or of one file.</summary>
    /// <exception cref="EvokeException">There are none, or it is not clear which are meant.</exception>
    public static ForeignRows Open(string path, Rate? rate, string? key)
    {
        IReadOnlyList<ForeignPlace> places = File.Exists(path) ? ForeignPlaces.InFile(path, key) : ForeignPlaces.InFolder(path, key);
        return new ForeignRows(path, rate, places);
    }

    public TimedRows Read(string videoId, CancellationToken cancellationToken)
    {
        List<ForeignPlace> places = _places[videoId];
        if (places is not [ForeignPlace place])
        {
            throw new ForeignFeatureException(
                Path, $"expected one file of '{videoId}', found {string.Join(" and ", places.Select(found => System.IO.Path.GetFileName(found.File)))}.");
        }

        return place.IsTable ? ReadTable(place, cancellationToken) : ReadArray(place);
    }

    public EvokeException Mistake(string path, string problem) => new ForeignFeatureException(path, problem);

    public void Dispose()
    {
        // Files are open only while a video is read.
    }

    // A table of many videos is read once, not once for each.
    private TimedRows ReadTable(ForeignPlace place, CancellationToken cancellationToken)
    {
        if (_table is not { } table || table.File != place.File)
        {
            _table = null;
            table = (place.File, TableRows.Read(place.File, place.IsOnly ? place.VideoId : null, _rate, cancellationToken));
            _table = place.IsOnly ? null : table;
        }

        return table.Videos.TryGetValue(place.VideoId, out Func<TimedRows>? rows)
            ? rows()
            : throw new ForeignFeatureException(place.File, $"there are no rows of '{place.VideoId}'; the file has changed while it was read.");
    }

    private TimedRows ReadArray(ForeignPlace place)
    {
        using TensorFile file = NumpyRows.Open(place.File);
        string name = place.Array ?? OnlyArray(file, place);
        if (place.Times is null || _rate is not null)
        {
            string? inside = place.Array is null ? ArrayNames.TimesAmong(file.Tensors.Keys) : null;
            return NumpyRows.Read(file, name, _rate, inside is null ? null : (file, inside));
        }

        if (place.TimesFile is not { } beside)
        {
            return NumpyRows.Read(file, name, _rate, (file, place.Times));
        }

        using TensorFile times = NumpyRows.Open(beside);
        return NumpyRows.Read(file, name, _rate, (times, times.Tensors.Keys.First()));
    }

    // An archive of one video: the features, and perhaps their times and the frame rate.
    private static string OnlyArray(TensorFile file, ForeignPlace place)
    {
        string[] names = [.. file.Tensors.Keys.Where(name => !ArrayNames.IsClock(name))];
        return names is [var only] ? only
            : place.Key is not null && names.Contains(place.Key) ? place.Key
            : throw new ForeignFeatureException(
                file.Path, $"expected one array of features, found {(names.Length == 0 ? "none" : string.Join(", ", names.Order(StringComparer.Ordinal)))}.");
    }
}
