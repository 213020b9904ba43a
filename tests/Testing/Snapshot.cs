using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace HotPath.Tests;

/// <summary>A value as text that is equal exactly when a program cannot tell the values apart, so that values of two load contexts, or of two processes, can be compared.</summary>
public sealed class Snapshot
{
    private const int MostElements = 100_000;
    private const int Deepest = 20;
    private readonly StringBuilder text = new();
    private readonly HashSet<object> open = new(ReferenceEqualityComparer.Instance);

    private readonly Assembly? program;

    private Snapshot(Assembly? program) => this.program = program;

    /// <summary>The text of a value. Lazy sequences are enumerated; one that throws ends with the exception.</summary>
    public static string Of(object? value, Assembly? program = null)
    {
        var snapshot = new Snapshot(program);
        snapshot.Add(value);
        return snapshot.text.ToString();
    }

    /// <summary>The text of an exception: its type, those of the exceptions in it, and the message where <paramref name="program"/> itself threw it.</summary>
    public static string Of(Exception exception, Assembly? program)
    {
        var name = exception.GetType().FullName;

        if (exception is AggregateException several)
            return $"{name} of ({string.Join("; ", several.InnerExceptions.Select(inner => Of(inner, program)))})";

        var thrower = new System.Diagnostics.StackTrace(exception).GetFrame(0)?.GetMethod()?.Module.Assembly;
        var message = thrower == program ? $": {exception.Message}" : "";
        return exception.InnerException is { } cause ? $"{name}{message} from ({Of(cause, program)})" : name + message;
    }

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case string s:
                Quote(s, '"');
                return;
            case char c:
                Quote(c.ToString(), '\'');
                return;
            case bool b:
                text.Append(b ? "true" : "false");
                return;
            case int or double:
                text.Append(((IFormattable)value).ToString(value is double ? "R" : null, CultureInfo.InvariantCulture)).Append(value is double ? "d" : "");
                return;
            case Enum or Guid or TimeSpan or Version or Type or Uri or Int128 or UInt128 or decimal:
                Named(value, Convert.ToString(value, CultureInfo.InvariantCulture));
                return;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                Named(value, ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                return;
            case IFormattable number when value.GetType().IsPrimitive || value is Half or System.Numerics.BigInteger:
                Named(value, number.ToString(value is float or Half ? "R" : null, CultureInfo.InvariantCulture));
                return;
            case Delegate or Task or Thread:
                Named(value, "…");
                return;
            case StringBuilder or System.Text.RegularExpressions.Regex or CultureInfo:
                Named(value, value.ToString());
                return;
            case Exception exception:
                Named(value, exception.Message);
                return;
        }

        if (open.Count > Deepest || !value.GetType().IsValueType && !open.Add(value))
        {
            text.Append("<cycle>");
            return;
        }

        switch (value)
        {
            case MemoryStream stream:
                Sequence(stream.ToArray());
                break;
            case ITuple tuple:
                Parts("(", ")", Enumerable.Range(0, tuple.Length).Select(i => ((string?)null, tuple[i])));
                break;
            case IEnumerable sequence:
                if (Array.Exists(value.GetType().GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IGrouping<,>)))
                {
                    Add(((dynamic)value).Key);
                    text.Append(" => ");
                }

                Sequence(sequence);
                break;
            case not null when IsGeneric(value, typeof(Memory<>)) || IsGeneric(value, typeof(ReadOnlyMemory<>)):
                Add(value.GetType().GetMethod("ToArray")!.Invoke(value, null));
                break;
            default:
                text.Append(value!.GetType().Name);
                Parts("{", "}", Members(value));
                break;
        }

        open.Remove(value!);
    }

    private void Sequence(IEnumerable sequence)
    {
        text.Append('[');
        try
        {
            var count = 0;
            foreach (var element in sequence)
            {
                if (count == MostElements)
                {
                    text.Append("… without end");
                    break;
                }

                text.Append(count++ == 0 ? "" : ", ");
                Add(element);
            }
        }
        catch (Exception exception)
        {
            text.Append(" then throws ").Append(Of(exception, program));
        }

        text.Append(']');
    }

    private void Parts(string opening, string closing, IEnumerable<(string? Name, object? Value)> parts)
    {
        text.Append(opening);
        var first = true;
        foreach (var (name, value) in parts)
        {
            text.Append(first ? "" : ", ").Append(name).Append(name is null ? "" : ": ");
            Add(value);
            first = false;
        }

        text.Append(closing);
    }

    /// <summary>What others can read: public properties and fields.</summary>
    private static IEnumerable<(string? Name, object? Value)> Members(object value)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike).OrderBy(property => property.Name, StringComparer.Ordinal))
            yield return (property.Name, Read(property, value));

        foreach (var field in value.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).OrderBy(field => field.Name, StringComparer.Ordinal))
            yield return (field.Name, field.GetValue(value));
    }

    private static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    private void Named(object value, string? content) => text.Append(value.GetType().Name).Append('(').Append(content).Append(')');

    private void Quote(string value, char quote)
    {
        text.Append(quote);
        foreach (var c in value)
            text.Append(c is '\\' or '"' or '\'' || char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString());

        text.Append(quote);
    }

    private static bool IsGeneric(object value, Type definition) => value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == definition;
}
