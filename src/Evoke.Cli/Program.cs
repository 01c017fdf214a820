using Evoke.Cli;
using Evoke.Cli.Shell;

using Interruption interruption = new();
return await EvokeCommandLine.RunAsync(args, Terminal.Standard(), interruption).ConfigureAwait(false);
