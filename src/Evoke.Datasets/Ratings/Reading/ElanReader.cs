using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Reads ELAN's annotation files (.eaf): each tier whose annotations are numbers is a trace of steps; times are in milliseconds.</summary>
/// <remarks>
/// A tier "valence@P01" is the curve "valence" by rater P01; without "@", the tier's name is the curve and its annotator or participant the rater;
/// without either, the file's name is. The video is the linked media file, or the file's name. Tiers of words are skipped and listed.
/// </remarks>
internal sealed class ElanReader
{
    private const double MillisecondsPerSecond = 1000;

    private readonly string _path;
    private readonly RatingCheck _check;
    private readonly XElement _root;
    private readonly Dictionary<string, double?> _slots;

    private ElanReader(string path, RatingCheck check)
    {
        (_path, _check) = (path, check);
        _root = Load(path);
        _slots = Slots();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapping">What the user says of names.</param>
    /// <param name="check">Receives the samples.</param>
    /// <returns>How it was understood.</returns>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="RatingFilesException">The file is not ELAN's, or no tier has numbers.</exception>
    public static string Read(string path, RatingMapping mapping, RatingCheck check) => new ElanReader(path, check).Read(mapping);

    private string Read(RatingMapping mapping)
    {
        if (mapping.SamplingRate is not null)
        {
            throw new RatingFilesException(new RatingPlace(_path), "a file without times, for which --sampling is", "times of ELAN");
        }

        (string? video, string? rater, _) =
            mapping.Name is { } text ? NamePattern.TryParse(text)!.Read(new SourceTable(_path, null, [], [])) : (null, null, (string?)null);
        video ??= Media() ?? NamePattern.StemOf(_path);
        List<string> read = [], words = [];
        foreach (XElement tier in _root.Elements("TIER"))
        {
            string id = tier.Attribute("TIER_ID")?.Value ?? "";
            XElement[] annotations = [.. tier.Elements("ANNOTATION").Elements("ALIGNABLE_ANNOTATION")];
            if (annotations.Length == 0)
            {
                continue;
            }

            if (!annotations.Any(annotation => CellText.TryNumber(ValueOf(annotation), out _)))
            {
                words.Add(id);
                continue;
            }

            (string curve, string? who) = NamesOf(id);
            ReadTier(annotations, video, who ?? NameIn(tier, "ANNOTATOR") ?? NameIn(tier, "PARTICIPANT") ?? rater ?? NamePattern.StemOf(_path), curve);
            read.Add(id);
        }

        if (read.Count == 0)
        {
            throw new RatingFilesException(
                new RatingPlace(_path),
                "at least one tier whose annotations are numbers",
                words.Count > 0 ? $"tiers of words: {string.Join(", ", words)}" : "none");
        }

        string skipped = words.Count > 0 ? $"; tiers of words are not read: {string.Join(", ", words)}" : "";
        return $"ELAN, times in ms; tiers {string.Join(", ", read)}, whose values hold for their annotation{skipped}";
    }

    private void ReadTier(XElement[] annotations, string video, string rater, string curve)
    {
        foreach (XElement annotation in annotations)
        {
            RatingPlace place = new(_path, Detail: $"annotation {annotation.Attribute("ANNOTATION_ID")?.Value ?? "?"} of tier '{curve}'");
            string text = ValueOf(annotation);
            if (TimeOf(annotation, "TIME_SLOT_REF1") is not { } start || TimeOf(annotation, "TIME_SLOT_REF2") is not { } end || end <= start)
            {
                _check.Mistakes.Add(place, "a start and a later end in ms", "none");
            }
            else if (CellText.IsMissing(text))
            {
                continue;
            }
            else if (CellText.TryNumber(text, out double value))
            {
                _check.Add(new RatingSample(video, rater, curve, start, value), TraceKind.Steps, place, end);
            }
            else
            {
                _check.Mistakes.Add(place, "a number, as in the tier's other annotations", $"'{text}'");
            }
        }
    }

    private Dictionary<string, double?> Slots()
    {
        Dictionary<string, double?> slots = new(StringComparer.Ordinal);
        foreach (XElement slot in _root.Elements("TIME_ORDER").Elements("TIME_SLOT"))
        {
            bool isTime = long.TryParse(slot.Attribute("TIME_VALUE")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds);
            slots[slot.Attribute("TIME_SLOT_ID")?.Value ?? ""] = isTime ? milliseconds / MillisecondsPerSecond : null;
        }

        return slots;
    }

    private double? TimeOf(XElement annotation, string end) => _slots.GetValueOrDefault(annotation.Attribute(end)?.Value ?? "");

    private string? Media() =>
        _root.Element("HEADER")?.Elements("MEDIA_DESCRIPTOR").Select(media => media.Attribute("MEDIA_URL")?.Value)
            .FirstOrDefault(address => !string.IsNullOrEmpty(address)) is { } found
            ? VideoFiles.IdOf(Uri.UnescapeDataString(found[(found.LastIndexOfAny(['/', '\\']) + 1)..]))
            : null;

    private static string ValueOf(XElement annotation) => annotation.Element("ANNOTATION_VALUE")?.Value.Trim() ?? "";

    private static (string Curve, string? Rater) NamesOf(string id)
    {
        int at = id.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < id.Length - 1 ? (id[..at].Trim(), id[(at + 1)..].Trim()) : (id, null);
    }

    private static string? NameIn(XElement tier, string attribute) => tier.Attribute(attribute)?.Value.Trim() is { Length: > 0 } name ? name : null;

    private static XElement Load(string path)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using XmlReader reader = XmlReader.Create(file, settings);
            XElement root = XElement.Load(reader);
            return root.Name.LocalName == "ANNOTATION_DOCUMENT"
                ? root
                : throw new RatingFilesException(new RatingPlace(path), "ELAN's ANNOTATION_DOCUMENT", $"'{root.Name.LocalName}'");
        }
        catch (XmlException error)
        {
            throw new RatingFilesException(new RatingPlace(path, null, error.LineNumber), "XML as ELAN writes it", error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
