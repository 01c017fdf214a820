using Evoke.Testing;

namespace Evoke.Cli.Tests;

/// <summary>Films that several tests use.</summary>
internal static class Films
{
    /// <summary>5.5 s with sound: flashes and beeps at 1 s and 3 s.</summary>
    public static Task<string> ShortAsync() => TestFilms.FlashesAndBeepsAsync(5.5, [1, 3]);

    /// <summary>Ten minutes: long enough to be interrupted.</summary>
    public static Task<string> LongAsync() => TestFilms.FlashesAndBeepsAsync(600, [1, 3, 400], rate: 5);
}
