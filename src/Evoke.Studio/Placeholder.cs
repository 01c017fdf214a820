namespace Evoke.Studio;

internal static class Placeholder;
