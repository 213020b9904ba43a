using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

/// <summary>Reports JSON options under the id of the SDK's rule, in whose place it stands.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonOptionsTwinAnalyzer() : RuleAnalyzer(new DiagnosticDescriptor("CA1869", "title", "message", "Performance", DiagnosticSeverity.Warning, isEnabledByDefault: true))
{
    /// <inheritdoc/>
    public override Promise Promise => Promise.None("stands in for the SDK's rule");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(
        context =>
        {
            if (((IObjectCreationOperation)context.Operation).Type?.Name == "JsonSerializerOptions")
                Report(context, context.Operation.Syntax.GetLocation(), DiagnosticSeverity.Warning);
        },
        OperationKind.ObjectCreation);
}

public sealed class CachedJsonSerializerOptionsTests : RuleTests<JsonOptionsTwinAnalyzer, CachedJsonSerializerOptionsFix>
{
    [Fact]
    public Task Options_become_a_field() => Fixes(
        """
        using System.Text.Json;

        class C
        {
            static string Save(int[] numbers) => JsonSerializer.Serialize(numbers, [|new JsonSerializerOptions { WriteIndented = true }|]);

            static void Main()
            {
                var jsonOptions = [|new JsonSerializerOptions(JsonSerializerDefaults.Web)|];
                Console.WriteLine(JsonSerializer.Serialize(1, jsonOptions));
            }
        }
        """,
        """
        using System.Text.Json;

        class C
        {
            private static readonly JsonSerializerOptions SerializerOptions = [|new JsonSerializerOptions { WriteIndented = true }|];
            private static readonly JsonSerializerOptions JsonOptions = [|new JsonSerializerOptions(JsonSerializerDefaults.Web)|];

            static string Save(int[] numbers) => JsonSerializer.Serialize(numbers, SerializerOptions);

            static void Main()
            {
                Console.WriteLine(JsonSerializer.Serialize(1, JsonOptions));
            }
        }
        """);

    [Fact]
    public Task Options_that_vary_or_are_changed_have_no_fix() => HasNoFix("""
        using System.Text.Json;

        class C
        {
            static string Save(int[] numbers, bool indented) => JsonSerializer.Serialize(numbers, [|new JsonSerializerOptions { WriteIndented = indented }|]);

            static string Other(int[] numbers)
            {
                var options = [|new JsonSerializerOptions()|];
                options.WriteIndented = true;
                return JsonSerializer.Serialize(numbers, options);
            }
        }
        """);
}
