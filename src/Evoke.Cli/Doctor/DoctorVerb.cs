namespace Evoke.Cli.Doctor;

/// <summary><c>evoke doctor</c>.</summary>
internal sealed class DoctorVerb : Verb
{
    public DoctorVerb()
        : base("doctor", "Looks whether everything that Evoke needs is here and works, and says how to mend what is not.")
    {
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        context.Terminal.Out.WriteLine("ok");
        return Task.FromResult(ExitCode.Done);
    }
}
