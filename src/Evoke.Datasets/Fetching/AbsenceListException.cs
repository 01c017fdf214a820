using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>A list of absent videos does not have the expected format; the message names the file and the line.</summary>
public sealed class AbsenceListException(string path, long line, string problem)
    : EvokeException(FormattableString.Invariant($"{path}, line {line}: {problem}"));
