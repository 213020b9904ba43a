namespace HotPath;

/// <summary>All entries of a folder, listed to ask whether there is one or for the first. The one recognition behind the rule and its fix.</summary>
internal sealed class FolderQuestion
{
    private FolderQuestion(IInvocationOperation listing) => Listing = listing;

    /// <summary>The call that lists the folder.</summary>
    public IInvocationOperation Listing { get; }

    /// <summary>The question: a call of a query operator, or the comparison of a number with zero.</summary>
    public IOperation Whole { get; private set; } = null!;

    /// <summary>Whether it is asked, by a number, if there is an entry, or if there is none; else by an operator that says it itself.</summary>
    public CopyQuestion Question { get; private set; }

    /// <summary>What holds the entries where the question is asked.</summary>
    public IOperation Entries { get; private set; } = null!;

    /// <summary>The local that holds the entries, or null.</summary>
    public IVariableDeclaratorOperation? Declarator { get; private set; }

    /// <summary>The query operators, the question itself included.</summary>
    public List<IInvocationOperation> Operators { get; } = [];

    /// <summary>What is done to files between the listing and the answer.</summary>
    public FileUse Meanwhile { get; private set; }

    /// <summary>The name of the method that gives the entries one by one.</summary>
    public string Lazy => "Enumerate" + Listing.TargetMethod.Name.Substring("Get".Length);

    /// <summary>The question that a folder is listed for, or null.</summary>
    public static FolderQuestion? Of(IInvocationOperation listing)
    {
        var method = listing.TargetMethod;
        if (method.Name is not ("GetFiles" or "GetDirectories" or "GetFileSystemEntries" or "GetFileSystemInfos") || method.ContainingType.Name is not ("Directory" or "DirectoryInfo")
            || !method.ContainingType.ContainingNamespace.Is("System.IO") || !method.ContainingType.IsFromSystem())
        {
            return null;
        }

        var question = new FolderQuestion(listing);
        if (!question.Follow() || listing.IsInExpressionTree() || Loops.IsCold(listing) || !question.Whole.Binds())
            return null;

        question.Meanwhile = question.UseOfFiles();
        return question.Meanwhile == FileUse.Writes ? null : question;
    }

    private bool Follow()
    {
        IOperation value = Listing;
        while (true)
        {
            Entries = value;
            switch (value.Consumer(out var child))
            {
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } when Declarator is null && Operators.Count == 0 && SingleUse.Of(declarator) is { } use:
                    Declarator = declarator;
                    value = use;
                    continue;

                case IPropertyReferenceOperation { Property: { Name: "Length", IsIndexer: false } } length when ReferenceEquals(length.Instance, child):
                    return Compared(length);

                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" or "MemoryExtensions" } type, Name: var name } } call } when type.IsFromSystem():
                    switch (name)
                    {
                        case "Count" when call.Arguments.Length == 1 && Operators.Count == 0:
                            return Compared(call);

                        case "Any" or "First" or "FirstOrDefault" or "All" or "Contains":
                            Operators.Add(call);
                            Whole = call;
                            Question = CopyQuestion.Operator;
                            return true;

                        case "Where" or "Select" or "Skip" or "Take" or "OfType" or "SkipWhile" when type.Name == "Enumerable":
                            Operators.Add(call);
                            value = call;
                            continue;
                    }

                    return false;

                default:
                    return false;
            }
        }
    }

    private bool Compared(IOperation number)
    {
        if (MaterialisedQuestion.Compared(number) is not var (whole, question))
            return false;

        Whole = whole;
        Question = question;
        return true;
    }

    private FileUse UseOfFiles()
    {
        var most = FileUse.None;
        foreach (var call in Operators)
            Note(call);

        if (Declarator is not null)
        {
            foreach (var statement in SingleUse.Between(Declarator, Entries))
            {
                // What is done after the answer, in the branches of an if, does not matter.
                if (!statement.Syntax.Span.Contains(Whole.Syntax.Span))
                    Note(statement);
            }
        }

        return most;

        void Note(IOperation region)
        {
            var use = FileUses.In(region, part => ReferenceEquals(part, Listing));
            if (use > most)
                most = use;
        }
    }
}
