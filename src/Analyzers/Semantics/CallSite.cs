using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>A call of a method in source, and the loop that repeats it.</summary>
internal sealed class CallSite
{
    // Every call in a loop asks what the loop does.
    private static readonly ConditionalWeakTable<IOperation, Effects> Known = new();

    private CallSite(IOperation call, IMethodSymbol callee, Loop loop)
    {
        Call = call;
        Callee = callee;
        Loop = loop;
    }

    /// <summary>The call or creation, or the name of the method where an operator calls it for each element.</summary>
    public IOperation Call { get; }

    /// <summary>The method that is called.</summary>
    public IMethodSymbol Callee { get; }

    /// <summary>The innermost loop that repeats it.</summary>
    public Loop Loop { get; }

    /// <summary>What runs again and again.</summary>
    public IOperation Region => Loop.Lambda ?? Loop.Operation;

    /// <summary>What the loop does, its callees included.</summary>
    public Effects Effects => Call is IMethodReferenceOperation { SemanticModel.Compilation: { } compilation } ? Effects.Of(Callee, compilation) : Known.GetValue(Region, static region => Effects.Of(region));

    private IOperation? Receiver => Call.Target();

    /// <summary>The call, where a loop really repeats it: not one that goes on as long as the call says so, a search for a free name or a retry.</summary>
    public static CallSite? Of(IOperation call, IMethodSymbol callee, AnalyzerOptions options)
    {
        if (call is IMethodReferenceOperation group)
            return Loops.Running(group, options) is { } running && group.Binds() ? new(group, callee, running) : null;

        if (call is not (IInvocationOperation or IObjectCreationOperation or IPropertyReferenceOperation) || Loops.Enclosing(call, options) is not { } loop || !call.Binds())
            return null;

        return loop.Operation is IWhileLoopOperation { Condition: { } condition } && condition.Syntax.Span.Contains(call.Syntax.Span) ? null : new(call, callee, loop);
    }

    /// <summary>What is handed in for the parameter of that ordinal; null where the caller leaves it out.</summary>
    public IOperation? Argument(int ordinal)
    {
        foreach (var argument in Call.Arguments())
        {
            if (argument.Parameter?.Ordinal == ordinal && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return argument.Value;
        }

        return null;
    }

    /// <summary>Whether the callee finds the same object there in all iterations, as far as the loop shows: the member of its own object, of the one in <paramref name="owner"/>, or what it captured.</summary>
    public bool IsSame(ISymbol? owner, ISymbol source)
    {
        if (!Invariance.Keeps(source, Region, Effects))
            return false;

        return HasSameOwner(owner, source);
    }

    /// <summary>Whether the callee finds the same object there, whatever the loop does to it.</summary>
    public bool IsSameObject(ISymbol? owner, ISymbol source) =>
        CallGraph.IsOf(source, Callee)
            ? Argument(((IParameterSymbol)source).Ordinal) is { } given && Stays(given)
            : Stays(source) && HasSameOwner(owner, source);

    private bool HasSameOwner(ISymbol? owner, ISymbol source)
    {
        if (CallGraph.IsOf(owner, Callee))
            return Argument(((IParameterSymbol)owner!).Ordinal) is { } holder && Stays(holder);

        if (owner is not null && !Stays(owner))
            return false;

        return !CallGraph.IsOfInstance(owner ?? source, Callee) || IsOnSameObject;
    }

    /// <summary>Whether the value is the same object in all iterations, whatever is done to it.</summary>
    public bool Stays(IOperation value) => value.Unconverted() switch
    {
        IInstanceReferenceOperation or { ConstantValue.HasValue: true } => true,
        IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } getter } property, Instance: var holder } => Effects.IsAuto(getter) && (holder is null || Stays(holder)) && Stays(property),
        IFieldReferenceOperation { Field: { IsVolatile: false } field, Instance: { } holder } => Stays(holder) && Stays(field),
        var other => other.Variable() is { } variable && Stays(variable),
    };

    private bool Stays(ISymbol variable)
    {
        if (Region.Declares(variable))
            return false;

        // Callees can write what is not the caller's own; they are also said to write what they only call something on.
        if (Effects.Written.Contains(variable, SymbolEqualityComparer.Default) && IsAssigned(variable))
            return false;

        foreach (var use in Aliasing.Uses(variable, Region))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return false;
        }

        return true;
    }

    /// <summary>Whether anything that the callee's work depends on differs from iteration to iteration.</summary>
    public bool Varies(Inputs inputs)
    {
        if (inputs.HaveOther || inputs.HaveObject && !IsOnSameObject)
            return true;

        for (var i = 0; Call is IMethodReferenceOperation && i < Callee.Parameters.Length; i++)
        {
            if (inputs.Have(i))
                return true;
        }

        foreach (var argument in Call.Arguments())
        {
            if (argument.Parameter is { Ordinal: var ordinal } && inputs.Have(ordinal) && argument.ArgumentKind != ArgumentKind.DefaultValue && !Invariance.Holds(argument.Value, Loop))
                return true;
        }

        return false;
    }

    /// <summary>Whether any code but the one that makes the object may give the member another value.</summary>
    private bool IsAssigned(ISymbol member)
    {
        switch (member)
        {
            case IFieldSymbol field:
                return !field.IsReadOnly && Origins.Only(field, Call) is null;

            case IPropertySymbol property:
                return property.SetMethod is { IsInitOnly: false };

            case IParameterSymbol { ContainingType: { } type } when CallGraph.IsOfInstance(member, Callee) && Call.SemanticModel is { Compilation: var compilation }:
                foreach (var body in Bodies.Of(compilation).OfType(type))
                {
                    foreach (var use in Aliasing.Uses(member, body))
                    {
                        if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                            return true;
                    }
                }

                return false;

            default:
                return false;
        }
    }

    /// <summary>Whether the callee runs on one object in all iterations; a new one is another each time.</summary>
    private bool IsOnSameObject => Call is not IObjectCreationOperation && (Receiver is null || Stays(Receiver));
}
