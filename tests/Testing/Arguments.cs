using System.Collections;
using System.Runtime.CompilerServices;

namespace HotPath.Tests;

/// <summary>The arguments of one run of a program, written <c>[1, "a", null]</c>.</summary>
[CollectionBuilder(typeof(Arguments), nameof(Create))]
public readonly struct Arguments : IEnumerable<object?>
{
    private readonly object?[]? values;

    private Arguments(object?[] values) => this.values = values;

    /// <summary>The arguments themselves.</summary>
    public object?[] Values => values ?? [];

    /// <summary>These arguments.</summary>
    public static Arguments Create(ReadOnlySpan<object?> values) => new([.. values]);

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Values.Select(value => value switch { Made => "made anew", File => "a new file", _ => Snapshot.Of(value) }));

    /// <summary>An argument that is made anew for every run.</summary>
    internal sealed record Made(Func<object?> Make);

    /// <summary>The path of a file in an empty folder, anew for every run.</summary>
    internal sealed class File
    {
        public static readonly File Instance = new();
    }
}
