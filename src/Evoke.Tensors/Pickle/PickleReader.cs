using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Evoke.Tensors.Pickle;

/// <summary>Reads one pickle into plain values. It knows the instructions that PyTorch's checkpoints use (pickle protocols 2 to 5), and no others.</summary>
/// <remarks>
/// https://docs.python.org/3/library/pickletools.html. The reader is a loop without recursion: deep nesting and values that contain themselves cost
/// what their bytes cost. Its memory is bounded by the number of instructions and of bytes.
/// </remarks>
internal ref struct PickleReader
{
    /// <summary>Far more than any network checkpoint needs (tens of thousands), far less than would fill the memory.</summary>
    public const int MaxInstructions = 2_000_000;

    private const int HighestProtocol = 5;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _path;
    private readonly bool _acceptUnknown;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Dictionary<string, PickleStorage> _storages = new(StringComparer.Ordinal);
    private int _at;

    private PickleReader(ReadOnlySpan<byte> bytes, string path, bool acceptUnknown)
    {
        _bytes = bytes;
        _path = path;
        _acceptUnknown = acceptUnknown;
    }

    /// <summary>Reads the pickle at the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The pickle, and anything after it.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="acceptUnknown">True to make inert objects of classes that are on no list; see <see cref="PickleGlobals"/>.</param>
    /// <exception cref="TensorFileException">It is truncated, damaged, too long, or names something forbidden.</exception>
    public static PickleContent Read(ReadOnlySpan<byte> bytes, string path, bool acceptUnknown)
    {
        PickleReader reader = new(bytes, path, acceptUnknown);
        object? value = reader.Run();
        return new PickleContent(value, reader._storages, reader._at);
    }

    private object? Run()
    {
        for (int count = 0; count < MaxInstructions; count++)
        {
            byte code = Take(1)[0];
            if (code == '.')
            {
                return Pop();
            }

            if (!Constant(code) && !Container(code) && !Memo(code) && !Object(code))
            {
                throw Malformed($"unknown instruction 0x{code:x2}");
            }
        }

        throw new TensorFileLimitException(_path, $"its pickle has more than {MaxInstructions} instructions.");
    }

    private bool Constant(byte code)
    {
        switch (code)
        {
            case 0x80: // PROTO
                int protocol = Take(1)[0];
                if (protocol > HighestProtocol)
                {
                    throw Malformed($"protocol {protocol}; expected at most {HighestProtocol}");
                }

                return true;
            case 0x95: // FRAME: a hint for buffering
                Take(8);
                return true;
            case (byte)'N':
                return Push(null);
            case 0x88: // NEWTRUE
                return Push(true);
            case 0x89: // NEWFALSE
                return Push(false);
            case (byte)'J': // BININT
                return Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
            case (byte)'K': // BININT1
                return Push((long)Take(1)[0]);
            case (byte)'M': // BININT2
                return Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
            case 0x8A: // LONG1
                return Push(Integer(Take(Take(1)[0])));
            case 0x8B: // LONG4
                return Push(Integer(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))));
            case (byte)'G': // BINFLOAT, the only big-endian one
                return Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
            case (byte)'X': // BINUNICODE
                return Push(Text(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))));
            case 0x8C: // SHORT_BINUNICODE
                return Push(Text(Take(Take(1)[0])));
            case 0x8D: // BINUNICODE8
                return Push(Text(Take(LongLength())));
            case (byte)'U': // SHORT_BINSTRING: text of Python 2
                return Push(Encoding.Latin1.GetString(Take(Take(1)[0])));
            case (byte)'T': // BINSTRING
                return Push(Encoding.Latin1.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))));
            case (byte)'C': // SHORT_BINBYTES
                return Push(Take(Take(1)[0]).ToArray());
            case (byte)'B': // BINBYTES
                return Push(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))).ToArray());
            case 0x8E or 0x96: // BINBYTES8, BYTEARRAY8
                return Push(Take(LongLength()).ToArray());
            default:
                return false;
        }
    }

    private bool Container(byte code)
    {
        switch (code)
        {
            case (byte)'(': // MARK
                _marks.Add(_stack.Count);
                return true;
            case (byte)'0': // POP
                if (_marks.Count > 0 && _marks[^1] == _stack.Count)
                {
                    PopMark();
                    return true;
                }

                Pop();
                return true;
            case (byte)'1': // POP_MARK
                PopToMark();
                return true;
            case (byte)'2': // DUP
                return Push(Peek());
            case (byte)')': // EMPTY_TUPLE
                return Push(new PickleTuple([]));
            case 0x85 or 0x86 or 0x87: // TUPLE1, TUPLE2, TUPLE3
                return Push(new PickleTuple(Pop(code - 0x84)));
            case (byte)'t': // TUPLE
                return Push(new PickleTuple(PopToMark()));
            case (byte)']': // EMPTY_LIST
                return Push(new PickleList([]));
            case (byte)'l': // LIST
                return Push(new PickleList([.. PopToMark()]));
            case (byte)'a': // APPEND
                AddItems(Pop(1));
                return true;
            case (byte)'e': // APPENDS
            case 0x90: // ADDITEMS
                AddItems(PopToMark());
                return true;
            case 0x8F: // EMPTY_SET
                return Push(new PickleInert(SetClass));
            case 0x91: // FROZENSET
                PopToMark();
                return Push(new PickleInert(SetClass));
            case (byte)'}': // EMPTY_DICT
                return Push(new PickleDictionary([]));
            case (byte)'d': // DICT
                object?[] items = PopToMark();
                Push(new PickleDictionary([]));
                SetItems(items);
                return true;
            case (byte)'s': // SETITEM
                SetItems(Pop(2));
                return true;
            case (byte)'u': // SETITEMS
                SetItems(PopToMark());
                return true;
            default:
                return false;
        }
    }

    private bool Memo(byte code)
    {
        switch (code)
        {
            case (byte)'q': // BINPUT
                _memo[Take(1)[0]] = Peek();
                return true;
            case (byte)'r': // LONG_BINPUT
                _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek();
                return true;
            case 0x94: // MEMOIZE
                _memo[_memo.Count] = Peek();
                return true;
            case (byte)'h': // BINGET
                return Push(Recall(Take(1)[0]));
            case (byte)'j': // LONG_BINGET
                return Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
            default:
                return false;
        }
    }

    private bool Object(byte code)
    {
        switch (code)
        {
            case (byte)'c': // GLOBAL
                return Push(PickleGlobals.Resolve(_path, Line(), Line(), _acceptUnknown));
            case 0x93: // STACK_GLOBAL
                object?[] names = Pop(2);
                return names is [string module, string name]
                    ? Push(PickleGlobals.Resolve(_path, module, name, _acceptUnknown))
                    : throw Malformed("the module and name of a global are not text");
            case (byte)'R': // REDUCE
            case 0x81: // NEWOBJ
                object?[] call = Pop(2);
                return Push(PickleConstruction.Make(_path, call[0], call[1]));
            case 0x92: // NEWOBJ_EX
                object?[] withKeywords = Pop(3);
                return Push(PickleConstruction.Make(_path, withKeywords[0], withKeywords[1]));
            case (byte)'b': // BUILD
                object? state = Pop();
                PickleConstruction.SetState(_path, Peek(), state);
                return true;
            case (byte)'Q': // BINPERSID
                PickleStorage storage = PickleConstruction.MakeStorage(_path, Pop());
                _storages[storage.Key] = storage;
                return Push(storage);
            default:
                return false;
        }
    }

    private static PickleGlobal SetClass { get; } = new("builtins", "set", PickleMeaning.Inert);

    private readonly void AddItems(object?[] items)
    {
        switch (Peek())
        {
            case PickleList list:
                list.Items.AddRange(items);
                break;
            case PickleInert:
                break;
            case { } other:
                throw Malformed($"items are added to a {Describe(other)}");
            default:
                throw Malformed("items are added to nothing");
        }
    }

    private readonly void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0)
        {
            throw Malformed("a key without a value");
        }

        switch (Peek())
        {
            case PickleDictionary dictionary:
                for (int i = 0; i < items.Length; i += 2)
                {
                    dictionary.Pairs.Add(new(items[i], items[i + 1]));
                }

                break;
            case PickleInert:
                break;
            case var other:
                throw Malformed($"keys are set on a {Describe(other)}");
        }
    }

    private readonly object? Recall(long key) => _memo.TryGetValue(key, out object? value) ? value : throw Malformed($"nothing was stored under {key}");

    private readonly bool Push(object? value)
    {
        _stack.Add(value);
        return true;
    }

    private readonly object? Peek()
    {
        ThrowIfShallow(1);
        return _stack[^1];
    }

    private readonly object? Pop() => Pop(1)[0];

    private readonly object?[] Pop(int count)
    {
        ThrowIfShallow(count);
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private readonly object?[] PopToMark() => Pop(_stack.Count - PopMark());

    private readonly int PopMark()
    {
        if (_marks.Count == 0)
        {
            throw Malformed("an end without a mark");
        }

        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return mark;
    }

    /// <summary>Values below the last mark belong to the enclosing container.</summary>
    private readonly void ThrowIfShallow(int count)
    {
        if (_stack.Count - (_marks.Count > 0 ? _marks[^1] : 0) < count)
        {
            throw Malformed("an instruction takes more values than there are");
        }
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0)
        {
            throw Malformed($"a length of {length}");
        }

        if (length > _bytes.Length - _at)
        {
            throw new TruncatedTensorFileException(_path, $"its pickle needs {length} bytes at {_at}; {_bytes.Length - _at} are left.");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_at, (int)length);
        _at += (int)length;
        return taken;
    }

    private long LongLength() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private string Line()
    {
        int length = _bytes[_at..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new TruncatedTensorFileException(_path, "its pickle ends within a name.");
        }

        string line = Text(Take(length));
        _at++;
        return line;
    }

    private readonly string Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new MalformedTensorFileException(_path, "its pickle is damaged: text that is not UTF-8.", e);
        }
    }

    private static object Integer(ReadOnlySpan<byte> littleEndian)
    {
        if (littleEndian.Length > sizeof(long))
        {
            return new PickleBigInteger(littleEndian.ToArray());
        }

        Span<byte> wide = stackalloc byte[sizeof(long)];
        wide.Fill(littleEndian.Length > 0 && littleEndian[^1] >= 0x80 ? (byte)0xFF : (byte)0);
        littleEndian.CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private readonly MalformedTensorFileException Malformed(string problem) =>
        new(_path, string.Create(CultureInfo.InvariantCulture, $"its pickle is damaged at byte {_at}: {problem}."));

    private static string Describe(object? value) => PickleConstruction.Describe(value);
}
