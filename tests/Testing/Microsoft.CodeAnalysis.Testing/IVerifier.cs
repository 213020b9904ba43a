namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How a test fails.</summary>
public interface IVerifier
{
    /// <summary>Fails the test.</summary>
    void Fail(string message);
}

/// <summary>Fails by an exception, which every test framework understands.</summary>
public class DefaultVerifier : IVerifier
{
    /// <inheritdoc/>
    public void Fail(string message) => throw new InvalidOperationException(message);
}
