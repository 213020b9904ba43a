using System.Reflection;
using System.Runtime.CompilerServices;

namespace HotPath.Tests;

/// <summary>Deep copies, so that a program that changes its arguments changes only its own.</summary>
internal static class Copy
{
    private static readonly MethodInfo Clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static object? Of(object? value) => Of(value, new Dictionary<object, object>(ReferenceEqualityComparer.Instance));

    private static object? Of(object? value, Dictionary<object, object> done)
    {
        if (value is null || IsShared(value))
            return value;

        if (done.TryGetValue(value, out var known))
            return known;

        if (value is Array array)
        {
            var elements = (Array)array.Clone();
            done.Add(value, elements);

            if (!IsPlain(array.GetType().GetElementType()!))
                CopyElements(elements, done);

            return elements;
        }

        var copy = Clone.Invoke(value, null)!;
        done.Add(value, copy);

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!IsPlain(field.FieldType))
                    field.SetValue(copy, Of(field.GetValue(copy), done));
            }
        }

        return copy;
    }

    private static void CopyElements(Array elements, Dictionary<object, object> done)
    {
        var index = new int[elements.Rank];
        for (var i = 0; i < elements.Rank; i++)
            index[i] = elements.GetLowerBound(i);

        for (var left = elements.Length; left > 0; left--)
        {
            elements.SetValue(Of(elements.GetValue(index), done), index);
            for (var i = elements.Rank - 1; i >= 0 && ++index[i] > elements.GetUpperBound(i); i--)
                index[i] = elements.GetLowerBound(i);
        }
    }

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(Guid);

    /// <summary>What cannot change, or whose identity matters.</summary>
    private static bool IsShared(object value) =>
        IsPlain(value.GetType())
        || value is Delegate or MemberInfo or System.Globalization.CultureInfo or System.Text.RegularExpressions.Regex or Uri or Version or Thread or System.Collections.IComparer or System.Collections.IEqualityComparer
        || Array.Exists(value.GetType().GetInterfaces(), contract => contract.IsGenericType && (contract.GetGenericTypeDefinition() == typeof(IEqualityComparer<>) || contract.GetGenericTypeDefinition() == typeof(IComparer<>)));
}
