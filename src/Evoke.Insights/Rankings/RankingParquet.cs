using Parquet;
using Parquet.Schema;

namespace Evoke.Insights.Rankings;

/// <summary>Rankings as Apache Parquet: strings, 32-bit integers and doubles in one row group.</summary>
internal static class RankingParquet
{
    public static async Task<byte[]> BytesOfAsync(RankingTable table, CancellationToken cancellationToken)
    {
        ParquetSchema schema = new([.. table.Columns.Select(FieldOf)]);
        using MemoryStream stream = new();
        ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            for (int i = 0; i < table.Columns.Length; i++)
            {
                await WriteAsync(rows, schema.DataFields[i], table.Columns[i]).ConfigureAwait(false);
            }
        }

        return stream.ToArray();
    }

    private static Field FieldOf(RankingColumn column) => column.Kind switch
    {
        RankingColumnKind.Text => new DataField(column.Key, typeof(string), isNullable: false),
        RankingColumnKind.Whole => new DataField(column.Key, typeof(int), isNullable: true),
        _ => new DataField(column.Key, typeof(double), isNullable: true),
    };

    private static Task WriteAsync(ParquetRowGroupWriter rows, DataField field, RankingColumn column) => column.Kind switch
    {
        RankingColumnKind.Text => rows.WriteAsync(field, [.. column.Texts]),
        RankingColumnKind.Whole => rows.WriteAsync<int>(field, new ReadOnlyMemory<int?>([.. column.Numbers.Select(number => (int?)number)])),
        _ => rows.WriteAsync<double>(field, column.Numbers.AsMemory()),
    };
}
