namespace HotPath.Tests;

/// <summary>A type of the elements of a collection, and how one is made out of a text.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Made">An expression that makes one of a text; <c>{0}</c> is the text.</param>
/// <param name="Declaration">The type itself, where the program has to declare it.</param>
public sealed record Element(string Type, string Made, string Declaration = "")
{
    /// <summary>Whether the elements are the texts themselves.</summary>
    public bool IsText => Made == "{0}";

    /// <summary>An element made of a text.</summary>
    public string Of(string text) => Made.Replace("{0}", text, StringComparison.Ordinal);

    /// <summary>Any type: with and without equality, with its own idea of equality, of few and of many values, with values that are not equal to themselves.</summary>
    public static Element Any(Choices choose, bool isNullable)
    {
        var q = isNullable ? "?" : "";
        return choose.Of<Element>(
            new($"string{q}", "{0}"),
            new("int", "({0}?.Length ?? -1)"),
            new($"string{q}", "{0}"),
            new("double", """({0} == "" ? double.NaN : ({0}?.Length ?? -0.5) / 2)"""),
            new("int?", "{0}?.Length"),
            new("char", "({0}?.FirstOrDefault() ?? '-')"),
            new("DayOfWeek", "(DayOfWeek)(({0}?.Length ?? 0) % 7)"),
            new("decimal", "(({0}?.Length ?? 0) / 4m)"),
            new($"(string{q} Text, int Length)", "({0}, {0}?.Length ?? 0)"),
            new("Item", "new Item({0})", $"sealed record Item(string{q} Text);"),
            new("Item", "new Item({0}, 1)", $"readonly record struct Item(string{q} Text, int Length);"),
            new("Item", "new Item({0})", $$"""
                sealed class Item(string{{q}} text)
                {
                public string{{q}} Text => text;
                public override bool Equals(object{{q}} other) => other is Item item && string.Equals(item.Text, Text, StringComparison.OrdinalIgnoreCase);
                public override int GetHashCode() => Text is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Text);
                public override string{{q}} ToString() => Text;
                }
                """),
            new("Item", "new Item({0})", $$"""
                class Item(string{{q}} text) : IEquatable<Item>
                {
                public string{{q}} Text { get; set; } = text;
                public bool Equals(Item{{q}} other) => other is not null && other.Text == Text;
                public override bool Equals(object{{q}} other) => other is Item item && Equals(item);
                public override int GetHashCode() => 7;
                public override string ToString() => "<" + Text + ">";
                }
                """),
            new("Item", "new Item({0})", $$"""
                class Item(string{{q}} text)
                {
                public override string ToString() => "Item" + text;
                }
                """),
            new("Item", "new Item({0})", $$"""
                class Item(string{{q}} text)
                {
                public override bool Equals(object{{q}} other) => other is Item item && item.ToString() == ToString();
                #pragma warning disable CS0659
                public override string ToString() => text + "!";
                }
                """),
            new($"object{q}", """({0} == "a" ? (object)1 : {0})"""));
    }
}
