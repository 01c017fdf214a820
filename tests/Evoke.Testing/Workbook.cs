using System.Globalization;
using System.IO.Compression;
using System.Net;

namespace Evoke.Testing;

/// <summary>Writes the smallest Excel workbook (.xlsx) that has sheets of texts and numbers.</summary>
public static class Workbook
{
    private const string Spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>Writes a workbook.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sheets">Its sheets; a cell is a text, a number or null.</param>
    public static void Write(string path, params (string Name, object?[][] Rows)[] sheets)
    {
        using FileStream file = File.Create(path);
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        Add(zip, "[Content_Types].xml",
            $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}sheet.main+xml\"/>"
            + string.Concat(sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"{Types}worksheet+xml\"/>"))
            + "</Types>");
        Add(zip, "_rels/.rels",
            $"<Relationships xmlns=\"{Package}/relationships\">"
            + $"<Relationship Id=\"rId1\" Type=\"{Relationship}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Add(zip, "xl/workbook.xml",
            $"<workbook xmlns=\"{Spreadsheet}\" xmlns:r=\"{Relationship}\"><sheets>"
            + string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{WebUtility.HtmlEncode(sheet.Name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))
            + "</sheets></workbook>");
        Add(zip, "xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Package}/relationships\">"
            + string.Concat(sheets.Select((_, i) =>
                $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relationship}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
            + "</Relationships>");
        for (int i = 0; i < sheets.Length; i++)
        {
            Add(zip, $"xl/worksheets/sheet{i + 1}.xml",
                $"<worksheet xmlns=\"{Spreadsheet}\"><sheetData>{string.Concat(sheets[i].Rows.Select(Row))}</sheetData></worksheet>");
        }
    }

    private static string Row(object?[] cells, int row) =>
        $"<row r=\"{row + 1}\">{string.Concat(cells.Select((cell, column) => Cell(cell, $"{(char)('A' + column)}{row + 1}")))}</row>";

    private static string Cell(object? cell, string at) => cell switch
    {
        null => "",
        string text => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{WebUtility.HtmlEncode(text)}</t></is></c>",
        _ => string.Create(CultureInfo.InvariantCulture, $"<c r=\"{at}\"><v>{cell}</v></c>"),
    };

    private static void Add(ZipArchive zip, string name, string content)
    {
        using StreamWriter writer = new(zip.CreateEntry(name).Open());
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + content);
    }
}
