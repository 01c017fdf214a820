using System.CommandLine;

namespace Evoke.Cli.Encoders;

/// <summary><c>evoke encoders</c>: what makes features, and whether an ONNX file can.</summary>
internal sealed class EncodersCommand : Command
{
    public EncodersCommand()
        : base("encoders", "Lists encoders, and checks ONNX files as encoders.")
    {
        Add(new EncodersListVerb());
        Add(new EncodersCheckVerb());
    }
}
