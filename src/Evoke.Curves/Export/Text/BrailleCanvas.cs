namespace Evoke.Curves.Export.Text;

/// <summary>A canvas of dots in text: each character of the Braille block (U+2800) holds 2 x 4 dots.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const char Blank = '\u2800';

    // Bit of each dot within a character, by row and column: https://www.unicode.org/charts/PDF/U2800.pdf
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] _cells = new int[rows, columns];

    /// <summary>Dots across: two per character.</summary>
    public int Width { get; } = columns * 2;

    /// <summary>Dots down: four per character.</summary>
    public int Height { get; } = rows * 4;

    /// <summary>Sets the dots of one column from one height to another; 0 is the bottom.</summary>
    public void Rise(int x, int from, int to)
    {
        for (int y = Math.Min(from, to); y <= Math.Max(from, to); y++)
        {
            int down = Height - 1 - y;
            _cells[down / 4, x / 2] |= Bits[down % 4, x % 2];
        }
    }

    /// <summary>One row of characters, from the top.</summary>
    public string Row(int row) => string.Create(columns, (_cells, row), static (text, state) =>
    {
        for (int column = 0; column < text.Length; column++)
        {
            text[column] = (char)(Blank | state._cells[state.row, column]);
        }
    });
}
