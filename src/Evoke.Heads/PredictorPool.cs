namespace Evoke.Heads;

/// <summary>A bounded number of predictors of one model, for servers: as many predictions run at once as there are predictors.</summary>
/// <remarks>
/// Thread-safe. Predictors are made when they are first needed. Each has a model and encoders of its own, since networks and encoders serve one call at a
/// time: memory grows with the size of the pool. After <see cref="Dispose"/> those that are rented may finish their work; they are disposed when they are
/// returned.
/// </remarks>
/// <example>
/// <code>
/// using PredictorPool pool = PredictorPool.Load("affect", size: 2);
/// using RentedPredictor rented = await pool.RentAsync();
/// Prediction prediction = await rented.Predictor.PredictAsync("film.mp4");
/// </code>
/// </example>
public sealed class PredictorPool : IDisposable
{
    private readonly Func<Predictor> _create;
    private readonly SemaphoreSlim _free;
    private readonly CancellationTokenSource _closing = new();
    private readonly Stack<Predictor> _idle = new();
    private readonly Lock _lock = new();
    private bool _isDisposed;

    /// <summary>Creates a pool; no predictor is made yet.</summary>
    /// <param name="create">Makes a predictor; called at most <paramref name="size"/> times, from any thread.</param>
    /// <param name="size">The most predictors at once, at least 1.</param>
    public PredictorPool(Func<Predictor> create, int size)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (_create, Size) = (create, size);
        _free = new SemaphoreSlim(size, size);
    }

    /// <summary>The most predictors at once.</summary>
    public int Size { get; }

    /// <summary>Creates a pool and its first predictor, so that a model that is missing or damaged is an error here.</summary>
    /// <param name="nameOrPath">See <see cref="ReactionModels.Load"/>.</param>
    /// <param name="size">The most predictors at once, at least 1.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="Files.EvokeException">There is no such model, it is damaged, or the device is not available.</exception>
    public static PredictorPool Load(string nameOrPath, int size, PredictorOptions? options = null)
    {
        PredictorPool pool = new(() => Predictor.Load(nameOrPath, options), size);
        pool._idle.Push(pool._create());
        return pool;
    }

    /// <summary>Waits for a free predictor. Dispose what is returned to give it back.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectDisposedException">The pool has been disposed, before or during the wait.</exception>
    /// <exception cref="Files.EvokeException">A predictor cannot be made; the next caller tries again.</exception>
    public async Task<RentedPredictor> RentAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await _free.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isDisposed && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(PredictorPool));
        }

        try
        {
            return new RentedPredictor(this, TakeIdle() ?? await Task.Run(_create, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>Disposes the predictors that nobody has rented, and those that are rented once they are returned. Whoever waits gets an
    /// <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        Predictor[] idle;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        _closing.Cancel();
        Array.ForEach(idle, predictor => predictor.Dispose());
    }

    internal void Return(Predictor predictor)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _idle.Push(predictor);
                _free.Release();
                return;
            }
        }

        predictor.Dispose();
    }

    private Predictor? TakeIdle()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _idle.TryPop(out Predictor? predictor) ? predictor : null;
        }
    }
}

/// <summary>A predictor of a pool while it is rented. Thread-safe.</summary>
public sealed class RentedPredictor : IDisposable
{
    private readonly PredictorPool _pool;
    private int _isReturned;

    internal RentedPredictor(PredictorPool pool, Predictor predictor) => (_pool, Predictor) = (pool, predictor);

    /// <summary>The predictor; not to be used or disposed after it has been returned.</summary>
    public Predictor Predictor { get; }

    /// <summary>Returns the predictor to its pool; only the first call does anything.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0)
        {
            _pool.Return(Predictor);
        }
    }
}
