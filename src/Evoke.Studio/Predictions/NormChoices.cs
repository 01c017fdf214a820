using System.Collections.Immutable;
using Evoke.Insights.Norms;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Finds what the numbers of videos are compared with: a norms file, or videos of the library.</summary>
internal sealed class NormChoices(MeasureShelf measures, NormStore files, VideoTable videos)
{
    /// <summary>What a request may say, in a sentence.</summary>
    public const string Described =
        "What the numbers are compared with: library, tag:NAME (the videos with this tag), or file:ID (a norms file). Default: nothing.";

    private const string Library = "library", Tag = "tag:", File = "file:";

    /// <summary>What a request asks for; null for nothing.</summary>
    /// <param name="asked">"library", "tag:NAME" or "file:ID"; null or empty for nothing.</param>
    /// <param name="model">The model, by the name that the library knows it by.</param>
    /// <param name="members">The measures of the library's videos by this model, if they were read already; null to read them where they are needed.</param>
    /// <exception cref="StudioRequestException">It is none of these (400), or there is no such file (404).</exception>
    public NormChoice? Find(string? asked, string model, IReadOnlyDictionary<string, NormMember>? members = null)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return null;
        }

        if (asked.StartsWith(File, StringComparison.Ordinal))
        {
            return NormChoice.OfFile(files.Get(asked[File.Length..]));
        }

        string? tag = asked.StartsWith(Tag, StringComparison.Ordinal) ? asked[Tag.Length..] : null;
        if (tag is null && asked != Library)
        {
            throw new StudioRequestException(
                StatusCodes.Status400BadRequest, $"norm must be library, tag:NAME or file:ID; found '{RequestText.Short(asked)}'.");
        }

        members ??= measures.Members(model);
        return NormChoice.OfVideos(
            tag is null ? "the videos of the library" : $"the videos tagged “{tag}”",
            [.. videos.All().Where(video => tag is null || video.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
                .Select(video => members.GetValueOrDefault(video.Id)).OfType<NormMember>()]);
    }
}

/// <summary>What the numbers of videos are compared with.</summary>
internal sealed class NormChoice
{
    private readonly string _name;
    private readonly Norm? _file;
    private readonly IReadOnlyList<NormMember> _members;
    private readonly List<Norm> _made = []; // one for each model that was asked for: results of earlier versions of a model are of another one

    private NormChoice(string name, Norm? file, IReadOnlyList<NormMember> members) => (_name, _file, _members) = (name, file, members);

    /// <summary>A norms file.</summary>
    public static NormChoice OfFile(Norm norm) => new(norm.Name, norm, []);

    /// <summary>Some videos of the library.</summary>
    public static NormChoice OfVideos(string name, IReadOnlyList<NormMember> members) => new(name, null, members);

    /// <summary>The name of the norm.</summary>
    public string Name => _name;

    /// <summary>The norm for the curves of a model: that of the file, or one of the videos by this very model.</summary>
    public Norm For(ModelIdentity model)
    {
        if (_file is not null)
        {
            return _file;
        }

        if (_made.Find(norm => norm.Model.IsSameAs(model)) is { } there)
        {
            return there;
        }

        NormMember[] same = [.. _members.Where(member => member.Model.IsSameAs(model))];
        Norm made = same.Length > 0 ? Norm.Of(_name, same)
            : new Norm { Name = _name, Model = model, Videos = [], Measures = ImmutableSortedDictionary<string, ImmutableArray<NormValue>>.Empty };
        _made.Add(made);
        return made;
    }
}
