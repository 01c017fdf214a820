using System.Globalization;
using System.Text;
using System.Xml;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Export.Markers;

/// <summary>Writes a project of Final Cut Pro (FCPXML 1.11) with the film as its only clip and a marker for each moment.</summary>
/// <remarks>
/// The elements and their order are those of Apple's DTD "FCP XML Interchange Format, Version 1.11". Times are whole frames of the project's rate, as ratios.
/// A marker of Final Cut Pro is shown as a point, so that each moment has a keyword over its whole range, too.
/// A film whose rate is none of Final Cut Pro's (or that has no constant rate) gets the next faster one that it has. Thread-safe for different streams.
/// </remarks>
public static class FcpxmlExport
{
    private const string Format = "r1";
    private const string Asset = "r2";
    private const string AssetFormat = "r3";
    private const double RateAgreement = 1e-9;

    // The size of a project for a film without a picture.
    private const int UnknownWidth = 1920;
    private const int UnknownHeight = 1080;

    /// <summary>Writes a file.</summary>
    /// <param name="document">The prediction; its moments become markers and keywords from start to end, whose peak is in their note.</param>
    /// <param name="film">The video. If its <see cref="FilmFile.Location"/> is null, the markers are on a gap in place of a clip.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void Write(PredictionDocument document, FilmFile film, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(film);
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using XmlWriter xml = XmlWriter.Create(stream, settings);
        new Project(xml, document, film).Write();
    }

    /// <summary>A project that is being written.</summary>
    private sealed class Project
    {
        private readonly XmlWriter _xml;
        private readonly PredictionDocument _document;
        private readonly FilmFile _film;
        private readonly Timecode _timecode;
        private readonly FcpxmlRate _rate;
        private readonly Timecode _clock;
        private readonly string _name;
        private readonly string _start;
        private readonly long _origin;
        private readonly long _frames;

        public Project(XmlWriter xml, PredictionDocument document, FilmFile film)
        {
            (_xml, _document, _film, _timecode) = (xml, document, film, film.Timecode);
            _rate = FcpxmlRate.For(_timecode.Rate * (1 - RateAgreement));
            _clock = Timecode.For(_rate.Hertz, _timecode.IsDropFrame);
            _name = MarkerText.OneLine(document.SourceName);
            _origin = _clock.FrameAt((_timecode.StartFrame ?? 0) / _timecode.Rate);
            _frames = Math.Max(1, _clock.FrameAt(document.DurationSeconds));
            _start = _rate.TimeOf(_origin);
        }

        private bool IsRateOfFilm => Math.Abs(_rate.Hertz - _timecode.Rate) <= _rate.Hertz * RateAgreement;

        public void Write()
        {
            _xml.WriteStartDocument();
            _xml.WriteRaw("\n<!DOCTYPE fcpxml>"); // WriteDocType puts a space before the '>'
            _xml.WriteStartElement("fcpxml");
            _xml.WriteAttributeString("version", "1.11");
            _xml.WriteStartElement("resources");
            WriteFormat(Format, hasRate: true);
            if (_film.Url is { } url)
            {
                WriteAsset(url);
            }

            _xml.WriteEndElement();
            _xml.WriteStartElement("library");
            _xml.WriteStartElement("event");
            _xml.WriteAttributeString("name", "Evoke");
            _xml.WriteStartElement("project");
            _xml.WriteAttributeString("name", _name);
            WriteSequence();
            _xml.WriteEndDocument();
        }

        private void WriteFormat(string id, bool hasRate)
        {
            _xml.WriteStartElement("format");
            _xml.WriteAttributeString("id", id);
            if (hasRate)
            {
                _xml.WriteAttributeString("frameDuration", _rate.TimeOf(1));
            }

            WriteNumber("width", _film.HasPicture ? _film.Width : UnknownWidth);
            WriteNumber("height", _film.HasPicture ? _film.Height : UnknownHeight);
            (long horizontal, long vertical) = PixelAspect.Of(_film.PixelAspect);
            if (horizontal != vertical)
            {
                WriteNumber("paspH", horizontal);
                WriteNumber("paspV", vertical);
            }

            _xml.WriteEndElement();
        }

        // The format of a film with a rate of its own does not say which: Final Cut Pro reads it from the file.
        private void WriteAsset(string url)
        {
            if (_film.HasPicture && !IsRateOfFilm)
            {
                WriteFormat(AssetFormat, hasRate: false);
            }

            _xml.WriteStartElement("asset");
            _xml.WriteAttributeString("id", Asset);
            _xml.WriteAttributeString("name", _name);
            _xml.WriteAttributeString("start", _start);
            _xml.WriteAttributeString("duration", _rate.TimeOf(_frames));
            if (_film.HasPicture)
            {
                _xml.WriteAttributeString("hasVideo", "1");
                _xml.WriteAttributeString("format", IsRateOfFilm ? Format : AssetFormat);
                _xml.WriteAttributeString("videoSources", "1");
            }

            if (_film.HasSound)
            {
                _xml.WriteAttributeString("hasAudio", "1");
                _xml.WriteAttributeString("audioSources", "1");
                WriteNumber("audioChannels", _film.Channels);
                WriteNumber("audioRate", _film.SampleRate);
            }

            _xml.WriteStartElement("media-rep");
            _xml.WriteAttributeString("kind", "original-media");
            _xml.WriteAttributeString("src", url);
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }

        private void WriteSequence()
        {
            string drops = _clock.IsDropFrame ? "DF" : "NDF";
            _xml.WriteStartElement("sequence");
            _xml.WriteAttributeString("format", Format);
            _xml.WriteAttributeString("duration", _rate.TimeOf(_frames));
            _xml.WriteAttributeString("tcStart", _start);
            _xml.WriteAttributeString("tcFormat", drops);
            _xml.WriteStartElement("spine");
            bool isMissing = _film.Url is null;
            _xml.WriteStartElement(isMissing ? "gap" : "asset-clip");
            if (!isMissing)
            {
                _xml.WriteAttributeString("ref", Asset);
            }

            _xml.WriteAttributeString("offset", _start);
            _xml.WriteAttributeString("name", _name);
            _xml.WriteAttributeString("start", _start);
            _xml.WriteAttributeString("duration", _rate.TimeOf(_frames));
            if (!isMissing)
            {
                _xml.WriteAttributeString("tcFormat", drops);
            }

            WriteMarkers();
            _xml.WriteEndElement();
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }

        private void WriteMarkers()
        {
            foreach ((Moment moment, FrameSpan span) in _document.Moments.Zip(FrameSpan.Apart(_document, _clock, _frames)))
            {
                string name = MarkerText.Name(_document, moment);
                string note = MarkerText.Note(moment, _clock.Text(_origin + span.Peak));
                WriteRange("marker", span, name, note);
                WriteRange("keyword", span, name.Replace(',', ' '), note); // a comma separates keywords
            }
        }

        private void WriteRange(string element, FrameSpan span, string value, string note)
        {
            _xml.WriteStartElement(element);
            _xml.WriteAttributeString("start", _rate.TimeOf(_origin + span.First));
            _xml.WriteAttributeString("duration", _rate.TimeOf(span.Count));
            _xml.WriteAttributeString("value", value);
            _xml.WriteAttributeString("note", note);
            _xml.WriteEndElement();
        }

        private void WriteNumber(string name, long number) => _xml.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));
    }
}
