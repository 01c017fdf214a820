using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Heads.Tests.Networks.Recurrent;

/// <summary>Tests that change how many threads libtorch uses, which is a setting of the whole process: nothing runs in parallel with them.</summary>
[CollectionDefinition(nameof(ThreadCountTests), DisableParallelization = true)]
[Collection(nameof(ThreadCountTests))]
public sealed class ThreadCountTests
{
    [Fact]
    public void OneThreadOrManyGiveTheSameNumbers()
    {
        FusedGruTests.Case sizes = new(64, 6, 10, 24, 2, 2);
        int threads = TorchRuntime.CountThreads();
        try
        {
            set_num_threads(1);
            (float[] one, float[][] oneGradients) = FusedGruTests.Pass(sizes, ScalarType.Float32, fused: true, dropout: 0.2);
            set_num_threads(8);
            (float[] many, float[][] manyGradients) = FusedGruTests.Pass(sizes, ScalarType.Float32, fused: true, dropout: 0.2);
            GoldenHeads.ShouldBeCloseTo(many, one, 1e-6);
            for (int i = 0; i < oneGradients.Length; i++)
            {
                GoldenHeads.ShouldBeCloseTo(manyGradients[i], oneGradients[i], 2e-6);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
