namespace HotPath;

/// <summary>A query over the keys of a dictionary whose lambda looks each key up again.</summary>
internal sealed class KeysQuery
{
    private KeysQuery(IInvocationOperation call, IAnonymousFunctionOperation lambda, IOperation dictionary, ImmutableArray<IOperation> reads)
    {
        Call = call;
        Lambda = lambda;
        Dictionary = dictionary;
        Reads = reads;
    }

    /// <summary>The operator.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The lambda that asks.</summary>
    public IAnonymousFunctionOperation Lambda { get; }

    /// <summary>The dictionary.</summary>
    public IOperation Dictionary { get; }

    /// <summary>Every question of the lambda for the value.</summary>
    public ImmutableArray<IOperation> Reads { get; }

    /// <summary>Whether the lambda looks at the key itself, too.</summary>
    public bool IsKeyUsed => Aliasing.Uses(Lambda.Symbol.Parameters[0], Lambda.Body).Count() > Reads.Length;

    /// <summary>The call as such a query, or null.</summary>
    public static KeysQuery? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        var type = call.TargetMethod.ContainingType;
        if (type.Name != "Enumerable" || call.ArgumentOf(0)?.Unconverted() is not IPropertyReferenceOperation { Property.Name: "Keys", Instance: { } dictionary } || !type.IsFromSystem() || !dictionary.Type.IsKeyed() || !KeysLookup.IsPlace(dictionary))
            return null;

        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var key, ..] } lambda } || KeysLookup.ReadsOf(key, lambda.Body, dictionary) is not { IsEmpty: false } reads)
                continue;

            if (Loops.IsCold(call) || call.IsInExpressionTree() || Sizes.Most(dictionary) <= Options.SmallLoop.Read(options, call.Syntax.SyntaxTree, KeysThenLookupAnalyzer.Id))
                return null;

            return call.Binds() && Invariance.Holds(dictionary, lambda.Body) ? new(call, lambda, dictionary, reads) : null;
        }

        return null;
    }
}
