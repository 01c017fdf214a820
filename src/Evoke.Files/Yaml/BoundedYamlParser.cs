using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Evoke.Files.Yaml;

/// <summary>Hands the events of a parser on and stops at the first that goes beyond the bounds of <see cref="YamlText"/>. It does not recurse.</summary>
internal sealed class BoundedYamlParser(IParser parser) : IParser
{
    private readonly Stack<Collection> _open = new();
    private readonly Dictionary<AnchorName, Extent> _anchors = [];
    private long _nodes;
    private int _documents;

    public ParsingEvent? Current => parser.Current;

    /// <summary>Where reading has got to.</summary>
    public Mark At => parser.Current?.Start ?? Mark.Empty;

    public bool MoveNext()
    {
        if (!parser.MoveNext())
        {
            return false;
        }

        switch (parser.Current)
        {
            case DocumentStart when ++_documents > 1:
                throw Beyond("expected one document; found another ('---' or '...' above it).");
            case MappingStart mapping:
                Open(mapping, isMapping: true);
                break;
            case SequenceStart sequence:
                Open(sequence, isMapping: false);
                break;
            case MappingEnd or SequenceEnd:
                Close();
                break;
            case Scalar { Value: var text } when text.Contains('\0', StringComparison.Ordinal):
                throw Beyond("a value contains a NUL character."); // No system allows it in the name of a file.
            case Scalar scalar:
                Add(scalar.Anchor, new Extent(1, 0));
                break;
            case AnchorAlias alias:
                Repeat(alias);
                break;
            default:
                break;
        }

        return true;
    }

    private void Open(NodeEvent node, bool isMapping)
    {
        if (_open.TryPeek(out Collection? above))
        {
            CheckKey(above);
        }

        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = Extent.Open;
        }

        _open.Push(new Collection(node.Anchor, isMapping));
        CheckDepth(_open.Count);
        Count(1);
    }

    private void Close()
    {
        Collection closed = _open.Pop();
        Extent extent = new(closed.Nodes, closed.Height);
        if (!closed.Anchor.IsEmpty)
        {
            _anchors[closed.Anchor] = extent;
        }

        Include(extent);
    }

    private void Add(AnchorName anchor, Extent extent)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = extent;
        }

        Count(extent.Nodes);
        Include(extent);
    }

    private void Repeat(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out Extent extent))
        {
            throw Beyond($"there is no '&{alias.Value}' above '*{alias.Value}'.");
        }

        if (extent == Extent.Open)
        {
            throw Beyond($"'*{alias.Value}' is part of what it stands for.");
        }

        if (extent.Height > 0 && _open.TryPeek(out Collection? above))
        {
            CheckKey(above);
        }

        CheckDepth(_open.Count + extent.Height);
        Add(AnchorName.Empty, extent);
    }

    // The collection around it grows by a node that is complete.
    private void Include(Extent extent)
    {
        if (_open.TryPeek(out Collection? around))
        {
            around.Nodes += extent.Nodes;
            around.Height = Math.Max(around.Height, extent.Height + 1);
            around.Items++;
        }
    }

    private void CheckKey(Collection above)
    {
        if (above.IsMapping && above.Items % 2 == 0)
        {
            throw Beyond("expected a word as the key; found a list or a section.");
        }
    }

    private void CheckDepth(int depth)
    {
        if (depth > YamlText.MaxDepth)
        {
            throw Beyond(FormattableString.Invariant($"lists and sections may be nested {YamlText.MaxDepth} deep; these are nested deeper."));
        }
    }

    private void Count(long nodes)
    {
        _nodes += nodes;
        if (_nodes > YamlText.MaxNodes)
        {
            throw Beyond(FormattableString.Invariant($"expected at most {YamlText.MaxNodes} values, each alias (*name) counted as all that it stands for."));
        }
    }

    private YamlBoundException Beyond(string problem) => new(At, problem);

    /// <summary>How large a complete node is.</summary>
    private readonly record struct Extent(long Nodes, int Height)
    {
        public static Extent Open { get; } = new(-1, -1);
    }

    /// <summary>A list or section whose end has not been read.</summary>
    private sealed class Collection(AnchorName anchor, bool isMapping)
    {
        public AnchorName Anchor { get; } = anchor;

        public bool IsMapping { get; } = isMapping;

        public long Nodes { get; set; } = 1;

        public int Height { get; set; } = 1;

        /// <summary>Complete nodes in it: of a section, keys and values in turn.</summary>
        public int Items { get; set; }
    }
}
