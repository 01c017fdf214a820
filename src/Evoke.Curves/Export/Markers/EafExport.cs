using System.Globalization;
using System.Text;
using System.Xml;

namespace Evoke.Curves.Export.Markers;

/// <summary>Writes an annotation document of ELAN (.eaf) that opens with its video: a tier for each emotion, an annotation for each moment.</summary>
/// <remarks>
/// The schema is http://www.mpi.nl/tools/elan/EAFv3.0.xsd. Times are in milliseconds. The annotations of a tier must not overlap in ELAN: a moment that
/// overlaps another of its emotion is on a further tier, "elation 2". ELAN takes the addresses of media as paths and does not decode them, so they are not
/// percent-encoded; it looks for the file beside the document first and then at the relative address. The date that the schema requires is a fixed one,
/// so that the same prediction gives the same bytes. Thread-safe for different streams.
/// </remarks>
public static class EafExport
{
    private const string Type = "moments";
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Date = "1970-01-01T00:00:00+00:00";

    /// <summary>Writes a file.</summary>
    /// <param name="document">The prediction.</param>
    /// <param name="film">The video. If its <see cref="FilmFile.Location"/> is null, no media file is linked.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void Write(PredictionDocument document, FilmFile film, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(film);
        IReadOnlyList<EafTier> tiers = EafTier.Of(document);
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using XmlWriter xml = XmlWriter.Create(stream, settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("ANNOTATION_DOCUMENT");
        xml.WriteAttributeString("AUTHOR", "Evoke");
        xml.WriteAttributeString("DATE", Date);
        xml.WriteAttributeString("FORMAT", "3.0");
        xml.WriteAttributeString("VERSION", "3.0");
        xml.WriteAttributeString("xsi", "noNamespaceSchemaLocation", SchemaInstance, "http://www.mpi.nl/tools/elan/EAFv3.0.xsd");
        WriteHeader(xml, film, tiers.Sum(tier => tier.Annotations.Count));
        WriteTimes(xml, tiers);
        WriteTiers(xml, tiers);
        xml.WriteStartElement("LINGUISTIC_TYPE");
        xml.WriteAttributeString("GRAPHIC_REFERENCES", "false");
        xml.WriteAttributeString("LINGUISTIC_TYPE_ID", Type);
        xml.WriteAttributeString("TIME_ALIGNABLE", "true");
        xml.WriteEndDocument();
    }

    private static void WriteHeader(XmlWriter xml, FilmFile film, int annotations)
    {
        xml.WriteStartElement("HEADER");
        xml.WriteAttributeString("MEDIA_FILE", "");
        xml.WriteAttributeString("TIME_UNITS", "milliseconds");
        if (film.DottedLocation is { } location)
        {
            string path = MarkerText.OneLine(location);
            xml.WriteStartElement("MEDIA_DESCRIPTOR");
            xml.WriteAttributeString("MEDIA_URL", $"file:{path}");
            xml.WriteAttributeString("MIME_TYPE", EafMediaType.Of(film));
            xml.WriteAttributeString("RELATIVE_MEDIA_URL", path);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("PROPERTY");
        xml.WriteAttributeString("NAME", "lastUsedAnnotationId");
        xml.WriteString(annotations.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // Each annotation has two time slots of its own, numbered with it.
    private static void WriteTimes(XmlWriter xml, IReadOnlyList<EafTier> tiers)
    {
        xml.WriteStartElement("TIME_ORDER");
        IEnumerable<(string Id, long Milliseconds)> slots = tiers.SelectMany(tier => tier.Annotations)
            .SelectMany(annotation => new[] { (annotation.FirstSlot, annotation.Begin), (annotation.LastSlot, annotation.End) });
        foreach ((string id, long milliseconds) in slots.OrderBy(slot => slot.Milliseconds))
        {
            xml.WriteStartElement("TIME_SLOT");
            xml.WriteAttributeString("TIME_SLOT_ID", id);
            xml.WriteAttributeString("TIME_VALUE", milliseconds.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteTiers(XmlWriter xml, IReadOnlyList<EafTier> tiers)
    {
        foreach (EafTier tier in tiers)
        {
            xml.WriteStartElement("TIER");
            xml.WriteAttributeString("LINGUISTIC_TYPE_REF", Type);
            xml.WriteAttributeString("TIER_ID", tier.Name);
            foreach (EafAnnotation annotation in tier.Annotations)
            {
                xml.WriteStartElement("ANNOTATION");
                xml.WriteStartElement("ALIGNABLE_ANNOTATION");
                xml.WriteAttributeString("ANNOTATION_ID", annotation.Id);
                xml.WriteAttributeString("TIME_SLOT_REF1", annotation.FirstSlot);
                xml.WriteAttributeString("TIME_SLOT_REF2", annotation.LastSlot);
                xml.WriteElementString("ANNOTATION_VALUE", annotation.Text);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }
    }
}
