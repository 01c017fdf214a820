namespace Evoke.Encoders.Onnx;

/// <summary>The order of a network's dimensions, one letter each: N the batch, T time, C colours or channels, H, W, F bands.</summary>
internal static class OnnxAxes
{
    /// <summary>The first order that fits a shape; null if none does, or if the wanted one is none of them.</summary>
    /// <param name="wanted">The order that the description names; null to choose.</param>
    /// <param name="candidates">The orders to choose from, the usual ones first.</param>
    /// <param name="shape">The input's shape; -1 for what is open.</param>
    /// <param name="extents">What is known of each letter.</param>
    public static string? Choose(string? wanted, IEnumerable<string> candidates, int[] shape, IReadOnlyDictionary<char, int?> extents) =>
        candidates.FirstOrDefault(order => (wanted is null || order == wanted) && Fits(order, shape, extents));

    /// <summary>Every order of some letters after N.</summary>
    public static IEnumerable<string> OrdersOf(string letters) => Permutations(letters).Select(order => "N" + order);

    /// <summary>The extent of a letter in a shape; null if it is open or not there.</summary>
    public static int? ExtentOf(char letter, string order, int[] shape) => order.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at && shape[at] > 0
        ? shape[at]
        : null;

    /// <summary>How far apart in memory neighbours along a letter are within one item.</summary>
    public static int StrideOf(char letter, string order, IReadOnlyDictionary<char, int> extents)
    {
        int at = order.IndexOf(letter, StringComparison.Ordinal);
        return order[(at + 1)..].Aggregate(1, (stride, later) => stride * extents[later]);
    }

    /// <summary>The shape of one item.</summary>
    public static int[] ItemShape(string order, IReadOnlyDictionary<char, int> extents) => [.. order[1..].Select(letter => extents[letter])];

    private static bool Fits(string order, int[] shape, IReadOnlyDictionary<char, int?> extents)
    {
        if (order.Length != shape.Length)
        {
            return false;
        }

        for (int i = 1; i < shape.Length; i++)
        {
            if (shape[i] > 0 && extents.GetValueOrDefault(order[i]) is { } extent && extent != shape[i])
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Permutations(string letters) =>
        letters.Length <= 1 ? [letters] : letters.SelectMany((letter, i) => Permutations(letters.Remove(i, 1)).Select(rest => letter + rest));
}
