using System.Globalization;
using CsvHelper;

namespace Evoke.Curves.Csv;

/// <summary>Writes the rows of a file in EEV format.</summary>
internal sealed class EevRowWriter : IDisposable
{
    private readonly EmotionScheme? _scheme;
    private readonly CsvWriter _csv;
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    public EevRowWriter(Stream stream, string idColumn, EmotionScheme? scheme)
    {
        _scheme = scheme;
        _csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        _csv.WriteRecord([idColumn, EevCsv.Timestamp, .. scheme is null ? [] : scheme.Names]);
    }

    /// <summary>Writes all rows of one video.</summary>
    /// <exception cref="ArgumentException">The video has another scheme, was written before, or has an infinite value.</exception>
    public void Write(VideoTimes times, EmotionCurves? curves)
    {
        if (curves is not null && !curves.Scheme.Equals(_scheme))
        {
            throw new ArgumentException($"Video '{times.VideoId}' has the emotions {curves.Scheme}; the file has {_scheme}.", nameof(curves));
        }

        if (!_written.Add(times.VideoId))
        {
            throw new ArgumentException($"Video '{times.VideoId}' appears twice; a file may contain each video only once.", nameof(times));
        }

        for (int step = 0; step < times.Grid.Count; step++)
        {
            _csv.WriteField(times.VideoId);
            _csv.WriteField(times.TimestampAt(step));
            foreach (float value in curves is null ? [] : curves.Row(step))
            {
                if (float.IsNaN(value))
                {
                    _csv.WriteField("");
                    continue;
                }

                if (!float.IsFinite(value))
                {
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"Video '{times.VideoId}', step {step}: values must not be infinite; found {value}."),
                        nameof(curves));
                }

                _csv.WriteField(value);
            }

            _csv.EndRecord();
        }
    }

    public void Dispose() => _csv.Dispose();
}
