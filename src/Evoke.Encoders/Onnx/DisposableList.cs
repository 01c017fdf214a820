namespace Evoke.Encoders.Onnx;

/// <summary>A list that disposes what is in it.</summary>
internal sealed class DisposableList<T> : List<T>, IDisposable
    where T : IDisposable
{
    public void Dispose()
    {
        ForEach(item => item.Dispose());
        Clear();
    }
}
