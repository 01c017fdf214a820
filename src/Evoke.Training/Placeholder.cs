namespace Evoke.Training;

internal static class Placeholder;
