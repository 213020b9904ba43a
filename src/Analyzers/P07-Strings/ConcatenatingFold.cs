namespace HotPath;

/// <summary>An <c>Aggregate</c> that puts strings together. The one recognition behind the rule and its fix.</summary>
internal sealed class ConcatenatingFold
{
    private ConcatenatingFold(IInvocationOperation call, IOperation source, IAnonymousFunctionOperation lambda, IOperation value)
    {
        Call = call;
        Source = source;
        Lambda = lambda;
        Value = value;
    }

    /// <summary>The call of <c>Aggregate</c>.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The sequence.</summary>
    public IOperation Source { get; }

    /// <summary>What it starts with; null where the first element is the start.</summary>
    public IOperation? Seed { get; private set; }

    /// <summary>What is put together for each element: the text so far, and the element.</summary>
    public IAnonymousFunctionOperation Lambda { get; }

    /// <summary>The longer text.</summary>
    public IOperation Value { get; }

    /// <summary>What comes behind the text so far, from left to right; empty where the text so far is not simply the front.</summary>
    public ImmutableArray<IOperation> Pieces { get; private set; } = [];

    /// <summary>Whether the result is changed once more.</summary>
    public bool HasResultSelector { get; private set; }

    /// <summary>The text so far.</summary>
    public IParameterSymbol Text => Lambda.Symbol.Parameters[0];

    /// <summary>The element.</summary>
    public IParameterSymbol Element => Lambda.Symbol.Parameters[1];

    /// <summary>The fold that a call is, or null.</summary>
    public static ConcatenatingFold? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        var method = call.TargetMethod;
        if (method.Name != "Aggregate" || method.ContainingType.Name != "Enumerable" || !method.ContainingType.IsFromSystem() || call.Receiver() is not { } source)
            return null;

        IOperation? seed = null;
        IAnonymousFunctionOperation? lambda = null;
        var selects = false;
        foreach (var argument in call.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "seed":
                    seed = argument.Value;
                    break;

                case "func":
                    lambda = (argument.Value.Unconverted() as IDelegateCreationOperation)?.Target as IAnonymousFunctionOperation;
                    break;

                case "resultSelector":
                    selects = true;
                    break;
            }
        }

        if (lambda is not { Symbol.Parameters: [{ Type.SpecialType: SpecialType.System_String }, _] } || lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } value }])
            return null;

        value = Growth.Implicit(value);
        var text = lambda.Symbol.Parameters[0];
        if (!IsLonger(value, text) || Sizes.Most(source) <= Options.SmallLoop.Read(options, call.Syntax.SyntaxTree) || Loops.IsCold(call) || call.IsInExpressionTree() || !call.Binds())
            return null;

        var fold = new ConcatenatingFold(call, source, lambda, value) { Seed = seed, HasResultSelector = selects };
        fold.Pieces = fold.Behind();
        return fold;
    }

    /// <summary>Whether the value, or one way of a choice, is a new string that holds the text so far.</summary>
    private static bool IsLonger(IOperation value, IParameterSymbol text)
    {
        value = Growth.Implicit(value);
        switch (value)
        {
            case IConditionalOperation { WhenTrue: var one, WhenFalse: { } other }:
                return IsLonger(one, text) || IsLonger(other, text);

            case IBinaryOperation when Growth.IsConcatenation(value):
                return Growth.PiecesOf(value).Any(piece => Is(piece, text) || IsLonger(piece, text));

            case IInterpolatedStringOperation { Parts: var parts }:
                return parts.Any(part => part is IInterpolationOperation { Expression: var hole } && Is(hole, text));

            case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "Concat" or "Join" or "Format" or "Insert" } } call:
                return call.Descendants().Any(part => Aliasing.Refers(part, text));

            default:
                return false;
        }
    }

    private ImmutableArray<IOperation> Behind()
    {
        var pieces = Value switch
        {
            IBinaryOperation => Growth.PiecesOf(Value),
            IInterpolatedStringOperation { Parts: var parts } => parts.Select(static part => part is IInterpolationOperation { Alignment: null, FormatString: null, Expression: var hole } ? Growth.Implicit(hole) : part).ToImmutableArray(),
            _ => [],
        };

        return pieces.Length > 1 && Is(pieces[0], Text) && References.To(Text, Lambda).Count() == 1 ? pieces.RemoveAt(0) : [];
    }

    private static bool Is(IOperation operation, IParameterSymbol parameter) => Growth.Implicit(operation) is IParameterReferenceOperation { Parameter: var other } && SymbolEqualityComparer.Default.Equals(other, parameter);
}
