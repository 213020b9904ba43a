namespace HotPath;

/// <summary>What is expensive to build and cheap to use again.</summary>
internal enum ObjectKind
{
    /// <summary>A regular expression: parsed, and compiled or turned into code, by its constructor.</summary>
    Regex,

    /// <summary>A culture: its data is read again, past the framework's cache.</summary>
    Culture,

    /// <summary>What a culture hands out and what can be changed like the culture itself: number format, date format, text info.</summary>
    CulturePart,

    /// <summary>A random number generator without seed.</summary>
    Random,

    /// <summary>An XML serializer whose generated code the framework caches.</summary>
    Serializer,

    /// <summary>An XML serializer whose generated assembly the framework neither caches nor unloads.</summary>
    LeakingSerializer,

    /// <summary>A delegate compiled from an expression tree.</summary>
    CompiledExpression,

    /// <summary>An HTTP client: each has its own connections.</summary>
    HttpClient,

    /// <summary>A set of values to search for.</summary>
    SearchValues,

    /// <summary>A parsed format string.</summary>
    CompositeFormat,

    /// <summary>JSON options: each starts without metadata.</summary>
    JsonOptions,

    /// <summary>A list, set or dictionary literal.</summary>
    Collection,

    /// <summary>The keys or values of a dictionary literal.</summary>
    CollectionView,

    /// <summary>A hash algorithm whose type can hash without an object.</summary>
    HashAlgorithm,
}
