using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Tests;

public sealed class TwinsTests
{
    [Theory]
    [InlineData(ReportDiagnostic.Info, true)]
    [InlineData(ReportDiagnostic.Warn, true)]
    [InlineData(ReportDiagnostic.Error, true)]
    [InlineData(ReportDiagnostic.Hidden, false)]
    [InlineData(ReportDiagnostic.Suppress, false)]
    [InlineData(ReportDiagnostic.Default, false)]
    public void A_severity_for_the_compilation_counts_from_suggestion_on(ReportDiagnostic severity, bool isOn) =>
        Assert.Equal(isOn, IsOn(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary).WithSpecificDiagnosticOptions([new("CA1869", severity)])));

    [Fact]
    public void A_default_does_not_count() => Assert.False(IsOn(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    [Fact]
    public void What_a_file_says_wins_over_what_holds_for_all()
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        Assert.True(IsOn(options.WithSyntaxTreeOptionsProvider(new Severities(ofFile: null, ofAll: ReportDiagnostic.Warn))));
        Assert.False(IsOn(options.WithSyntaxTreeOptionsProvider(new Severities(ofFile: ReportDiagnostic.Suppress, ofAll: ReportDiagnostic.Warn))));
        Assert.True(IsOn(options.WithSyntaxTreeOptionsProvider(new Severities(ofFile: ReportDiagnostic.Info, ofAll: null))));
        Assert.False(IsOn(options.WithSyntaxTreeOptionsProvider(new Severities(ofFile: null, ofAll: null))));
    }

    private static bool IsOn(CSharpCompilationOptions options)
    {
        var tree = CSharpSyntaxTree.ParseText("class C { }");
        return Twins.IsOn(CSharpCompilation.Create("c", [tree], options: options), tree, "CA1869");
    }

    private sealed class Severities(ReportDiagnostic? ofFile, ReportDiagnostic? ofAll) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) => Get(ofFile, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) => Get(ofAll, out severity);

        private static bool Get(ReportDiagnostic? value, out ReportDiagnostic severity)
        {
            severity = value ?? ReportDiagnostic.Default;
            return value is not null;
        }
    }
}
