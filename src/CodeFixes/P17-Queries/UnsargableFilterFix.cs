using System.Globalization;

namespace HotPath;

/// <summary>Compares the column as it is where that says the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnsargableFilterFix() : RuleFix(UnsargableFilterAnalyzer.Id)
{
    private const string Moment = "global::System.DateTime";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not { } operation)
            yield break;

        var schema = Schema.Of(site.Model.Compilation, site.Options, site.CancellationToken);
        var small = Options.SmallTables.Read(site.Options, site.Model.SyntaxTree, UnsargableFilterAnalyzer.Id);
        var fix = operation.Type?.SpecialType == SpecialType.System_String || operation is IInterpolatedStringOperation
            ? SqlText.Constant(operation) is { } text && UnsargableFilter.Of(text, schema, small) is { } inText ? OfText(operation, inText) : null
            : OfEntities(operation, schema, small, site);

        if (fix is not null)
            yield return fix;
    }

    /// <summary>
    /// <c>lower(name) = lower(@name)</c> of a column that ignores case anyway: in SQLite both mean the letters of ASCII. Other functions have no exact counterpart
    /// that an index answers.
    /// </summary>
    private static Fix? OfText(IOperation text, UnsargableFilter found)
    {
        var (tokens, left, right) = (found.Tokens, found.Predicate.Left, found.Predicate.Right);
        if (!SqlLiteral.IsSqlite(SqlLiteral.Provider(text)) || found.Column is not { IsText: true, Collation: { } collation } || !string.Equals(collation, "NOCASE", StringComparison.OrdinalIgnoreCase))
            return null;

        var isLower = tokens[left.From].Is("LOWER");
        if (found.Predicate.Test != SqlTest.Equal || !(isLower || tokens[left.From].Is("UPPER")) || left.Collation is not null || right.Collation is not null)
            return null;

        // lower(name) and lower(c.name); the comparison is a plain one.
        var isPlain = tokens[left.From + 1].IsSymbol("(") && tokens[left.To - 1].IsSymbol(")") && left.To - left.From is 4 or 6;
        var between = left.To < right.From ? (left.To, right.From) : (right.To, left.From);
        if (!isPlain || between.Item2 - between.Item1 != 1 || tokens[between.Item1].Value is not ("=" or "=="))
            return null;

        string value;
        if (right.To - right.From == 4 && tokens[right.From].Is(isLower ? "LOWER" : "UPPER") && tokens[right.From + 1].IsSymbol("(") && tokens[right.From + 2].Kind is SqlTokenKind.Parameter or SqlTokenKind.Text)
            value = found.Written(right.From + 2, right.To - 1);
        else if (right.To - right.From == 1 && tokens[right.From] is { Kind: SqlTokenKind.Text, Value: var constant } && !constant.Any(letter => isLower ? letter is >= 'A' and <= 'Z' : letter is >= 'a' and <= 'z'))
            value = found.Written(right.From, right.To);
        else
            return null;

        if (SqlLiteral.Of(text) is not { } literal || Comments.AreInside(literal))
            return null;

        // The condition has to stand in the source as it is in the text, and once.
        var (source, condition) = (literal.ToString(), found.Written(found.Predicate.From, found.Predicate.To));
        var at = source.IndexOf(condition, StringComparison.Ordinal);
        if (at < 0 || source.IndexOf(condition, at + 1, StringComparison.Ordinal) >= 0)
            return null;

        var compared = found.Written(left.From + 2, left.To - 1) + " = " + value;
        var written = source.Substring(0, at) + compared + source.Substring(at + condition.Length);
        return new Fix($"Compare with '{compared}': the column ignores case", editor => editor.ReplaceNode(literal, (current, _) => SyntaxFactory.ParseExpression(written).WithTriviaFrom(current)));
    }

    private static Fix? OfEntities(IOperation condition, Schema schema, ICollection<string> small, Site site)
    {
        foreach (var call in EntityFilter.Around(condition))
        {
            if (UnsargableEntityFilter.Of(call, schema, small) is { } found && found.Condition.Syntax.Span == condition.Syntax.Span)
                return OfEntities(found, site);
        }

        return null;
    }

    private static Fix? OfEntities(UnsargableEntityFilter found, Site site)
    {
        if (found.Condition is not IBinaryOperation { OperatorKind: var kind } comparison || found.Condition.Syntax is not BinaryExpressionSyntax whole || Comments.AreInside(whole))
            return null;

        if (comparison.LeftOperand.Unconverted() != found.Side)
            kind = kind.Turned();

        var (written, changes) = found.Side switch
        {
            IPropertyReferenceOperation { Property: { Name: "Date", ContainingType: { Name: "DateTime" } }, Instance: { } day } => OfDay(Written(day), kind, found.Value),
            IPropertyReferenceOperation { Property: { Name: "Year", ContainingType: { Name: "DateTime" } }, Instance: { } day } => OfYear(Written(day), kind, found.Value, site),
            ICoalesceOperation { Value: var value, WhenNull: var other } => (OfDefault(Written(value), kind, other, found.Value), null),
            _ => (null, null),
        };

        if (written is null)
            return null;

        var title = $"Compare '{found.Column.Name}' as it is" + (changes is null ? "" : $": {changes}");
        return new Fix(title, editor => editor.ReplaceNode(whole, (current, _) =>
        {
            // What the fix names is made as short as the usings of the file allow; what was there stays as it is.
            var expression = SyntaxFactory.ParseExpression(written);
            var added = expression.DescendantNodes().OfType<QualifiedNameSyntax>().Where(static name => name.ToString() == Moment);
            return expression.ReplaceNodes(added, static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation)).WithTriviaFrom(current);
        }), changes);
    }

    private static string Written(IOperation value) => value.Syntax.ToString();

    /// <summary>The day of a moment compared with a day: the moment lies before, in or after it.</summary>
    private static (string? Written, string? Changes) OfDay(string moment, BinaryOperatorKind kind, IOperation day)
    {
        if (!IsDay(day, out var mayBeLast))
            return (null, null);

        var first = Written(day);
        return (Range(moment, kind, first, first + ".AddDays(1)"), mayBeLast && kind is not (BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThanOrEqual) ? "the last day of the year 9999 has no next one" : null);
    }

    /// <summary>Whether a value is the beginning of a day whenever it is worked out, and the same one at both ends of a range.</summary>
    private static bool IsDay(IOperation day, out bool mayBeLast)
    {
        mayBeLast = true;
        switch (day)
        {
            case IPropertyReferenceOperation { Property: { Name: "Today", ContainingType: { Name: "DateTime" } type } }:
                mayBeLast = false;
                return type.IsFromSystem();

            case IPropertyReferenceOperation { Property: { Name: "Date", ContainingType: { Name: "DateTime" } }, Instance: { } moment }:
                var isNow = moment.Unconverted() is IPropertyReferenceOperation { Property: { Name: "Now" or "UtcNow", ContainingType.Name: "DateTime" }, Instance: null };
                mayBeLast = !isNow;
                return isNow || moment.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation;

            case IObjectCreationOperation { Type.Name: "DateTime", Arguments: [{ Value.ConstantValue: { HasValue: true, Value: int year } }, { Value.ConstantValue.HasValue: true }, { Value.ConstantValue.HasValue: true }] }:
                mayBeLast = year >= 9999;
                return true;

            case ILocalReferenceOperation { Local: var local }:
                return Origins.Only(local, day)?.Unconverted() is { } origin and not ILocalReferenceOperation && IsDay(origin, out mayBeLast);

            default:
                return false;
        }
    }

    /// <summary>The year of a moment compared with a year. What PostgreSQL is given has to say whose time it is, which these days do not.</summary>
    private static (string? Written, string? Changes) OfYear(string moment, BinaryOperatorKind kind, IOperation year, Site site)
    {
        if (site.Types["Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions"] is not null
            || site.Types["Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions"] is null && site.Types["Microsoft.EntityFrameworkCore.SqlServerDbContextOptionsExtensions"] is null)
        {
            return (null, null);
        }

        if (year.ConstantValue is { HasValue: true, Value: int number })
            return number is < 1 or > 9998 ? (null, null) : (Range(moment, kind, Start(number.ToString(CultureInfo.InvariantCulture)), Start((number + 1).ToString(CultureInfo.InvariantCulture))), null);

        return year is ILocalReferenceOperation or IParameterReferenceOperation && year.Type?.SpecialType == SpecialType.System_Int32
            ? (Range(moment, kind, Start(Written(year)), Start(Written(year)) + ".AddYears(1)"), "a year that no date has throws")
            : (null, null);

        static string Start(string year) => $"new {Moment}({year}, 1, 1)";
    }

    private static string? Range(string moment, BinaryOperatorKind kind, string first, string next) => kind switch
    {
        BinaryOperatorKind.Equals => $"{moment} >= {first} && {moment} < {next}",
        BinaryOperatorKind.LessThan => $"{moment} < {first}",
        BinaryOperatorKind.LessThanOrEqual => $"{moment} < {next}",
        BinaryOperatorKind.GreaterThan => $"{moment} >= {next}",
        BinaryOperatorKind.GreaterThanOrEqual => $"{moment} >= {first}",
        _ => null,
    };

    /// <summary>A default for null that does not meet the condition: null does not, either.</summary>
    private static string? OfDefault(string value, BinaryOperatorKind kind, IOperation other, IOperation compared)
    {
        if (other.Unconverted().ConstantValue is not { HasValue: true, Value: { } given } || compared.ConstantValue is not { HasValue: true, Value: { } asked })
            return null;

        bool? holds = (given, asked) switch
        {
            // Databases leave spaces at the end and case alone, each in its own way.
            (string one, string two) when kind == BinaryOperatorKind.Equals => string.Equals(one.Trim(), two.Trim(), StringComparison.OrdinalIgnoreCase) ? null : false,
            (int or long or short or byte or decimal, int or long or short or byte or decimal) => Holds(Convert.ToDecimal(given, CultureInfo.InvariantCulture), kind, Convert.ToDecimal(asked, CultureInfo.InvariantCulture)),
            _ => null,
        };

        return holds == false ? $"{value} {Sign(kind)} {Written(compared)}" : null;
    }

    private static bool? Holds(decimal left, BinaryOperatorKind kind, decimal right) => kind switch
    {
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    private static string Sign(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        _ => "==",
    };
}
