using System.Buffers.Binary;
using System.Text;
using Evoke.Fuzz.Repairs;

namespace Evoke.Fuzz.Readers;

/// <summary>Small Excel workbooks.</summary>
internal static class WorkbookSamples
{
    private const string Spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    private static readonly string[] s_header = ["video", "rater", "time", "joy"];

    // Records of BIFF.
    private const ushort Dimensions = 0x000, Number = 0x003, Label = 0x004, End = 0x00A;

    /// <summary>Two sheets, with shared texts, texts in place, numbers and times of day.</summary>
    public static byte[] Xlsx() => ZipRepair.Write(
    [
        Part(
            "_rels/.rels",
            $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Relationship}/officeDocument\" Target=\"xl/workbook.xml\"/>"
            + "</Relationships>"),
        Part(
            "xl/workbook.xml",
            $"<workbook xmlns=\"{Spreadsheet}\" xmlns:r=\"{Relationship}\"><sheets><sheet name=\"film one\" sheetId=\"1\" r:id=\"rId1\"/>"
            + "<sheet name=\"film two\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"),
        Part(
            "xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Relationship}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            + $"<Relationship Id=\"rId2\" Type=\"{Relationship}/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
            + $"<Relationship Id=\"rId3\" Type=\"{Relationship}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
            + $"<Relationship Id=\"rId4\" Type=\"{Relationship}/styles\" Target=\"styles.xml\"/></Relationships>"),
        Part(
            "xl/sharedStrings.xml",
            $"<sst xmlns=\"{Spreadsheet}\" count=\"5\" uniqueCount=\"5\">"
            + string.Concat(s_header.Append("anna").Select(text => $"<si><t>{text}</t></si>")) + "</sst>"),
        Part(
            "xl/styles.xml",
            $"<styleSheet xmlns=\"{Spreadsheet}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"mm:ss.0\"/></numFmts>"
            + "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"),
        Part("xl/worksheets/sheet1.xml", Sheet(Row(2, "one", "<v>0</v>", "<v>3</v>") + Row(3, "one", "<v>1</v>", "<v>4.5</v>"))),
        Part(
            "xl/worksheets/sheet2.xml",
            Sheet(Row(2, "two", "<v>0</v>", "<v>1</v>", "s=\"1\"") + Row(3, "two", "<v>0.00001</v>", "<v>2</v>", "s=\"1\""))),
    ]);

    /// <summary>A sheet as Excel 2 wrote it (a bare BIFF stream), and as Excel 3 did.</summary>
    public static IEnumerable<byte[]> Xls() => [Biff(2), Biff(3)];

    private static (string Name, byte[] Content) Part(string name, string xml) =>
        (name, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml));

    private static string Sheet(string rows)
    {
        string header = string.Concat(s_header.Select((_, column) => $"<c r=\"{(char)('A' + column)}1\" t=\"s\"><v>{column}</v></c>"));
        return $"<worksheet xmlns=\"{Spreadsheet}\"><sheetData><row r=\"1\">{header}</row>{rows}</sheetData></worksheet>";
    }

    private static string Row(int row, string film, string time, string value, string style = "") =>
        $"<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{film}</t></is></c><c r=\"B{row}\" t=\"s\"><v>4</v></c>"
        + $"<c r=\"C{row}\" {style}>{time}</c><c r=\"D{row}\">{value}</c></row>";

    private static byte[] Biff(int version)
    {
        bool isSecond = version == 2;
        ushort later = (ushort)(isSecond ? 0 : 0x200); // Records of Excel 3 have these numbers.
        byte[] start = isSecond ? [2, 0, 0x10, 0] : [0, 3, 0x10, 0, 0, 0];
        byte[] format = isSecond ? [0, 0, 0] : [0, 0];
        List<byte> stream =
        [
            .. Record((ushort)(0x009 + later), start),
            .. Record((ushort)(Dimensions + later), [0, 0, 3, 0, 0, 0, (byte)s_header.Length, 0, .. isSecond ? [] : new byte[2]]),
        ];
        for (byte row = 0; row < 3; row++)
        {
            string[] texts = row == 0 ? s_header : ["film", "anna"];
            for (byte column = 0; column < s_header.Length; column++)
            {
                byte[] place = [row, 0, column, 0, .. format];
                byte[] text = column < texts.Length ? Encoding.Latin1.GetBytes(texts[column]) : [];
                stream.AddRange(text.Length > 0
                    ? Record((ushort)(Label + later), [.. place, (byte)text.Length, .. isSecond ? [] : new byte[1], .. text])
                    : Record((ushort)(Number + later), [.. place, .. Bytes(row + (column / 2.0))]));
            }
        }

        return [.. stream, .. Record(End, [])];
    }

    private static byte[] Bytes(double number)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Record(ushort number, byte[] content)
    {
        byte[] head = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, number);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), (ushort)content.Length);
        return [.. head, .. content];
    }
}
