namespace HotPath.Benchmarks;

/// <summary>An axis on which equal factors are equal distances.</summary>
public readonly struct LogarithmicScale(double least, double most)
{
    private readonly double low = Math.Log10(least);
    private readonly double high = Math.Log10(most);

    /// <summary>The powers of ten on it.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            for (var decade = (int)Math.Ceiling(low - 1e-9); decade <= Math.Floor(high + 1e-9); decade++)
                yield return Math.Pow(10, decade);
        }
    }

    /// <summary>Where the value lies: 0 at the beginning, 1 at the end.</summary>
    public double Position(double value) => (Math.Log10(value) - low) / (high - low);
}
