using Evoke.Curves.Csv;
using Evoke.Heads;
using Evoke.Heads.Reactions;

// From a video to a file of its curves. Usage: dotnet run --project samples/FromFileToCurves -- affect|MODEL.safetensors VIDEO OUT.csv

using Predictor predictor = Predictor.Load(args[0]);
Prediction prediction = await predictor.PredictAsync(args[1]);
EevCsv.Write(prediction.ToDocument(), args[2]);
