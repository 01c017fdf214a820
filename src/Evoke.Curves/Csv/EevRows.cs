using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>
/// The rows of a file in EEV format with labels: of a large file, parsed in blocks on all cores, up to the first row that is not plain. From there on, and in
/// small files, row by row. What is read, and every message, is the same.
/// </summary>
internal sealed class EevRows : IDisposable
{
    private readonly EevRowReader _rows;
    private readonly bool _inRange;
    private EevBlockReader? _blocks;
    private EevBlock? _block;
    private int _row = -1; // in the block
    private long _count; // of rows of blocks

    /// <summary>Reads rows after the header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The same file, which has read its header; disposed with this.</param>
    /// <param name="inRange">True if values outside the range of their column are errors.</param>
    /// <param name="blockBytes">How large a block is; 0 to read row by row.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public EevRows(string path, EevRowReader rows, bool inRange, int blockBytes)
    {
        _rows = rows;
        _inRange = inRange;
        _blocks = blockBytes > 0 && rows.Scheme is not null && Environment.ProcessorCount > 1
            ? EevBlockReader.Open(path, rows.Columns(inRange), blockBytes)
            : null;
    }

    /// <summary>The line on which the current row starts, counted from 1 (the header).</summary>
    public long Line => _block is null ? _rows.Line : _count + 1;

    /// <summary>The id of the current row as UTF-8; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Id => _block is null ? _rows.Id : _block.Id(_row);

    /// <summary>The timestamp of the current row.</summary>
    /// <exception cref="EevCsvException">It is no whole number of 0 or more.</exception>
    public long Timestamp => _block is null ? _rows.Timestamp : _block.Timestamp(_row);

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="EevCsvException">The row has too few or too many columns, or broken quotes.</exception>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public bool Read()
    {
        while (_blocks is not null)
        {
            if (_block is not null && ++_row < _block.Rows)
            {
                _count++;
                return true;
            }

            if (_block is { IsCutShort: true })
            {
                ReadOneByOne();
                break;
            }

            _block?.Return();
            _block = _blocks.Next();
            _row = -1;
            if (_block is null)
            {
                return false;
            }
        }

        return _rows.Read();
    }

    /// <summary>Copies the labels of the current row; a missing one is NaN.</summary>
    /// <exception cref="EevCsvException">A label is neither missing nor a finite number in its range.</exception>
    public void ReadLabels(Span<float> labels)
    {
        if (_block is null)
        {
            _rows.ReadLabels(labels, _inRange);
        }
        else
        {
            _block.Labels(_row).CopyTo(labels);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blocks?.Dispose();
        _rows.Dispose();
    }

    // The reader of single rows has read the header only: it goes to where the blocks ended.
    private void ReadOneByOne()
    {
        _blocks!.Dispose();
        _blocks = null;
        _block = null;
        for (long row = 0; row < _count; row++)
        {
            _rows.Read();
        }
    }
}
