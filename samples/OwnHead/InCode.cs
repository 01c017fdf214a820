using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Features.Store;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Training.Clips;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace OwnHead;

/// <summary>Trains this project's head and one of Evoke's, joins both in one file and predicts with it.</summary>
public static class InCode
{
    public static int Run(string trainLabels, string validationLabels, string featureFolder, string output)
    {
        using StoreFeatureSource features = new(FeatureStore.Open(featureFolder));
        RecipeData data = new(LabelSet.Read(trainLabels), LabelSet.Read(validationLabels), features);

        Recipe own = RecipeReader.Read(Path.Combine(AppContext.BaseDirectory, "fading.yaml"), OwnCatalog.Catalog, "head.fading.half_life=6");
        Recipe builtIn = RecipeReader.Read("demo", "train.epochs=6");
        string[] models = [Train(own, data, Path.Combine(output, "fading")), Train(builtIn, data, Path.Combine(output, "demo"))];

        string ensemble = Path.Combine(output, "ensemble.safetensors");
        using (ModelFile first = ModelFile.Open(models[0], OwnCatalog.Catalog.ModelHeads))
        using (ModelFile second = ModelFile.Open(models[1]))
        {
            ModelFile.WriteEnsemble(ensemble, [first, second]);
        }

        using HeadModel model = HeadModel.Load(ensemble, new HeadModelOptions { Heads = OwnCatalog.Catalog.ModelHeads });
        string video = data.ValidationLabels.Videos[0].VideoId;
        Console.WriteLine($"{string.Join(" and ", model.Members.Select(member => member.Head.Kind))}: {video}");
        Console.WriteLine(FormattableString.Invariant($"{model.Scheme.Names[0]} after 10 s: {model.Predict(features.Read(video)).Mean[10, 0]:F3}"));
        return 0;
    }

    private static string Train(Recipe recipe, RecipeData data, string folder)
    {
        RecipeSets sets = data.For(recipe);
        RunFolder run = new(folder);
        using Trainer trainer = Trainer.Open(recipe, sets.Train, sets.Validation, run);
        RunFinished finished = trainer.Run();
        Console.WriteLine(FormattableString.Invariant($"{recipe.Name}: Pearson {finished.BestScores["pearson"]:F3}"));
        return run.Best;
    }
}
