using Evoke.Cli;
using OwnHead;

// Everything that evoke does, with one more head and one more loss:
//   dotnet run --project samples/OwnHead -- train --recipe samples/OwnHead/fading.yaml …
// The same from code: dotnet run --project samples/OwnHead -- in-code TRAIN.csv VAL.csv FEATURES OUT
return args is ["in-code", var trainLabels, var validationLabels, var features, var output]
    ? InCode.Run(trainLabels, validationLabels, features, output)
    : await EvokeProgram.RunAsync(args, OwnCatalog.Catalog);
