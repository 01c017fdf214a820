using Evoke.Cli;

return await EvokeProgram.RunAsync(args).ConfigureAwait(false);
