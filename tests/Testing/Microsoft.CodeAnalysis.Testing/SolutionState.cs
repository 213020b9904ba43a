using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The files and references of a test project, and what is reported in it.</summary>
public class SolutionState
{
    /// <summary>The C# files; they may hold markup.</summary>
    public SourceFileList Sources { get; } = new("/0/Test", "cs");

    /// <summary>The additional files.</summary>
    public SourceFileList AdditionalFiles { get; } = new("/0/Additional", "txt");

    /// <summary>The <c>.editorconfig</c> and <c>.globalconfig</c> files.</summary>
    public SourceFileList AnalyzerConfigFiles { get; } = new("/0/Config", "editorconfig");

    /// <summary>References beside the framework.</summary>
    public MetadataReferenceCollection AdditionalReferences { get; } = [];

    /// <summary>What is reported beside what the markup says.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    /// <summary>Program or library; a library unless set.</summary>
    public OutputKind? OutputKind { get; set; }
}

/// <summary>Files of a test project.</summary>
public sealed class SourceFileList(string prefix, string extension) : List<(string filename, SourceText content)>
{
    /// <summary>Adds a file named after its place in the list.</summary>
    public void Add(string content) => Add(($"{prefix}{Count}.{extension}", content));

    /// <summary>Adds a file.</summary>
    public void Add((string filename, string content) file) => base.Add((file.filename, SourceText.From(file.content, Encoding.UTF8)));
}

/// <summary>References of a test project.</summary>
public sealed class MetadataReferenceCollection : List<MetadataReference>
{
    /// <summary>Adds an assembly loaded in this process.</summary>
    public void Add(Assembly assembly) => Add(assembly.Location);

    /// <summary>Adds an assembly file.</summary>
    public void Add(string path) => Add(MetadataReference.CreateFromFile(path));
}
