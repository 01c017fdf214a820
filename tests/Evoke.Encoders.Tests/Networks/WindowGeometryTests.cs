using CsCheck;
using Evoke.Encoders.Networks;

namespace Evoke.Encoders.Tests.Networks;

public sealed class WindowGeometryTests
{
    private static readonly Gen<WindowGeometry> Geometries =
        from window in Gen.Int[2, 7]
        from across in Gen.Int[1, 4]
        from shift in Gen.Int[0, window - 1]
        select new WindowGeometry(window * across, window, across == 1 ? 0 : shift);

    [Fact]
    public void EveryTokenHasOnePlace() =>
        Geometries.Sample(g => g.Order.Order().ShouldBe(TokenOrder.RowMajor(g.Side)));

    [Fact]
    public void GoingToAnOrderAndBackChangesNothing() =>
        Geometries.Sample(g =>
        {
            long[] plain = (g with { Shift = 0 }).Order;
            long[] there = TokenOrder.Between(plain, g.Order);
            long[] back = TokenOrder.Between(g.Order, plain);
            back.Select(place => there[place]).ShouldBe(TokenOrder.RowMajor(g.Side));
        });

    [Fact]
    public void TokensSeeEachOtherWhereTheyAreNeighboursInThePicture() =>
        Geometries.Sample(g =>
        {
            // What the reference computes with a picture of region numbers: here, tokens of a window see each other if the window does not wrap around
            // between them.
            int wrong = 0;
            int[] kinds = g.Kinds();
            for (int window = 0; window < g.Windows; window++)
            {
                float[] mask = g.Mask(kinds[window]);
                for (int i = 0; i < mask.Length; i++)
                {
                    (int first, int second) = Math.DivRem(i, g.WindowTokens);
                    (long a, long b) = (g.Order[(window * g.WindowTokens) + first], g.Order[(window * g.WindowTokens) + second]);
                    bool near = Math.Abs((a / g.Side) - (b / g.Side)) < g.Window && Math.Abs((a % g.Side) - (b % g.Side)) < g.Window;

                    // With two windows across, tokens from opposite edges can be adjacent and must still be separated.
                    bool sees = mask[i] == 0;
                    wrong += g.Side > 2 * g.Window ? (sees != near ? 1 : 0) : (sees && !near ? 1 : 0);
                }
            }

            wrong.ShouldBe(0);
        });

    [Fact]
    public void MergingTakesTheFourTokensOfAPatchInMicrosoftsOrder()
    {
        // 0 1 | 2 3
        // 4 5 | 6 7 …: top left, bottom left, top right, bottom right.
        long[] order = TokenOrder.Merging(4, TokenOrder.RowMajor(2));
        order.ShouldBe([0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15]);
    }
}
