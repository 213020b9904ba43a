// What netstandard2.0 lacks and the compiler asks for by name: records, init accessors and list patterns.
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}

namespace System
{
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
        public static implicit operator Index(int value) => new(value);
    }
}
