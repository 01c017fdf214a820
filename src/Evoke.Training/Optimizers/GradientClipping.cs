using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>Limits the length of the gradient.</summary>
internal static class GradientClipping
{
    // As torch.nn.utils.clip_grad_norm_.
    private const double Epsilon = 1e-6;

    /// <summary>The Euclidean norm of all gradients taken as one vector.</summary>
    public static double Norm(IEnumerable<NamedParameter> parameters)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        double sum = 0;
        foreach (NamedParameter parameter in parameters)
        {
            if (parameter.Value.grad is { } gradient)
            {
                double norm = gradient.norm().item<float>();
                sum += norm * norm;
            }
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Scales the gradients so that their joint norm is at most <paramref name="maximalNorm"/>, as torch's <c>clip_grad_norm_</c>.</summary>
    /// <returns>The norm before clipping.</returns>
    public static double ClipNorm(IReadOnlyCollection<NamedParameter> parameters, double maximalNorm)
    {
        double norm = Norm(parameters);
        double factor = maximalNorm / (norm + Epsilon);
        if (factor < 1)
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            foreach (NamedParameter parameter in parameters)
            {
                parameter.Value.grad?.mul_(factor);
            }
        }

        return norm;
    }
}
