namespace HotPath.Tests;

public sealed class ProjectionLoopTests : RuleTests<ProjectionLoopAnalyzer, ProjectionLoopFix>
{
    private static string Class(string statements, string modifier = "void") => $$"""
        record Person(string Name, int Age, string? Nick);

        struct Counter { public int N; public int Next() => ++N; }

        class C
        {
            private List<string> field = [];

            {{modifier}} M(List<Person> people, Person[] array, IReadOnlyList<Person> view, HashSet<Person> set, IEnumerable<Person> lazy, Dictionary<string, Person> map, List<int> numbers, Counter[] counters, int n)
            {
                {{statements}}
            }

            static string F(Person p) => p.Name;
            static int G(ref int n) => n;
            static Task<string> Ask(Person p) => Task.FromResult(p.Name);
            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("var list = new List<string>(); [|foreach (var p in people)|] list.Add(p.Name);")]
    [InlineData("var list = new List<string>(); [|foreach (Person p in array)|] { list.Add(F(p)); }")]
    [InlineData("List<string> list = []; [|foreach (var p in people)|] list.Add($\"{p.Name} {n}\");")]
    [InlineData("List<string> list = new(); [|foreach (var p in array)|] list.Add(p.Nick ?? throw new Exception());")]
    [InlineData("IList<string> list = new List<string>(); [|foreach (var p in people)|] list.Add(p.Name);")]
    [InlineData("ICollection<string> list = new List<string>(); [|foreach (var p in people)|] list.Add(p.Name);")]
    [InlineData("var list = new List<long>(); [|foreach (var x in numbers)|] list.Add(x * 2);")]
    [InlineData("var list = new List<Person>(); [|foreach (var p in people)|] list.Add(new(p.Name, 1, null) { Age = 3 });")]
    [InlineData("var list = new List<Func<int>>(); [|foreach (var p in people)|] list.Add(Later(p)); static Func<int> Later(Person p) => () => p.Age;")]
    [InlineData("var list = new List<int>(); [|for (var i = 0; i < numbers.Count; i++)|] list.Add(numbers[i] * numbers[i]);")]
    [InlineData("var list = new List<string>(); [|for (int i = 0; i < array.Length; i++)|] list.Add(array[i].Name);")]
    [InlineData("var list = new List<int>(); Use(n); [|foreach (var p in people)|] list.Add(p.Age);")]
    [InlineData("foreach (var x in numbers) { var list = new List<int>(); [|foreach (var p in people)|] list.Add(p.Age + x); Use(list); }")]
    [InlineData("var list = new List<int>(); [|foreach (var p in people.ToList())|] list.Add(p.Age);")]
    [InlineData("var list = new List<int>(); [|foreach (var line in File.ReadAllLines(\"a\"))|] list.Add(int.Parse(line));")]
    [InlineData("var list = new List<int>(); [|foreach (var p in people)|] list.Add(int.TryParse(p.Name, out var age) ? age : 0);")]
    [InlineData("var list = new List<int>(); [|foreach (var p in people)|] { var age = p.Age; list.Add(age); }")]
    [InlineData("var list = new List<Person>(); [|foreach (var p in array)|] { var older = new Person(p.Name, p.Age + 1, null); list.Add(older); }")]
    [InlineData("var list = new List<string>(); [|foreach (var p in people)|] { var name = p.Name.Trim(); var years = p.Age - n; list.Add(name + years); }")]
    [InlineData("var list = new List<string>(); [|for (var i = 0; i < people.Count; i++)|] { var p = people[i]; list.Add(p.Name); }")]
    public Task Reports_a_projection(string statements) => ReportsInfo(Class(statements));

    [Theory]
    [InlineData("var list = new List<string>(); foreach (var p in view) list.Add(p.Name);")]
    [InlineData("var list = new List<string>(); foreach (var p in set) list.Add(p.Name);")]
    [InlineData("var list = new List<string>(); foreach (var p in lazy) list.Add(p.Name);")]
    [InlineData("var list = new List<string>(); foreach (var p in map.Values) list.Add(p.Name);")]
    [InlineData("var list = new HashSet<string>(); foreach (var p in people) list.Add(p.Name);")]
    [InlineData("var list = new List<Person>(); foreach (var p in people) list.Add(p);")]
    [InlineData("var list = new List<object>(); foreach (var p in people) list.Add(p);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) list.Add(n);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) { Use(p); list.Add(p.Age); }")]
    [InlineData("var list = new List<Person>(); foreach (var p in people) { var q = p; list.Add(q); }")]
    [InlineData("var list = new List<int>(); foreach (var p in people) { var age = p.Age; Use(age); list.Add(age); }")]
    [InlineData("var list = new List<int>(); foreach (var p in people) { var age = p.Age; if (age > 3) list.Add(age); }")]
    [InlineData("var list = new List<int>(); foreach (var p in people) { var age = n++; list.Add(age + p.Age); }")]
    [InlineData("var list = new List<int>(); foreach (var p in people) { var age = n; list.Add(age); }")]
    [InlineData("var list = new List<int>(); foreach (var p in people) { var last = list.Count; list.Add(p.Age + last); }")]
    [InlineData("var list = new List<int>(); foreach (var p in people) { using var reader = new StringReader(p.Name); list.Add(reader.Read()); }")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < numbers.Count; i++) { var at = i; list.Add(numbers[i] + at); }")]
    [InlineData("var list = new List<int>(); foreach (var p in people) if (p.Age > 3) list.Add(p.Age);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) list.Add(list.Count + p.Age);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) list.Add(p.Age + n++);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) list.Add(n = p.Age);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) list.Add(p.Age + G(ref n));")]
    [InlineData("var list = new List<int>(people.Count); foreach (var p in people) list.Add(p.Age);")]
    [InlineData("var list = new List<int> { 1 }; foreach (var p in people) list.Add(p.Age);")]
    [InlineData("var list = new List<int>(); list.Add(n); foreach (var p in people) list.Add(p.Age);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) list.Add(p.Age); foreach (var q in array) list.Add(q.Age);", true)]
    [InlineData("field = new List<string>(); foreach (var p in people) field.Add(p.Name);")]
    [InlineData("var list = new List<int>(); try { foreach (var p in people) list.Add(p.Age); } catch { } Use(list);")]
    [InlineData("var list = new List<int>(); if (n > 0) foreach (var p in people) list.Add(p.Age);")]
    [InlineData("var list = new List<int>(); foreach (object p in people) list.Add(p.GetHashCode());")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < numbers.Count; i++) list.Add(numbers[i] * i);")]
    [InlineData("var list = new List<Func<int>>(); for (var i = 0; i < numbers.Count; i++) list.Add(() => numbers[i]);")]
    [InlineData("var list = new List<Func<int>>(); foreach (var p in people) list.Add(() => p.Age);")]
    [InlineData("var list = new List<int[]>(); foreach (var p in people) list.Add([p.Age]);")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < counters.Length; i++) list.Add(counters[i].Next());")]
    [InlineData("var list = new List<int>(); foreach (var x in new[] { 1, 2, 3 }) list.Add(x * 2);")]
    [InlineData("var list = new List<int>(); foreach (var p in people) list.Add(p.Age); Use(list.Capacity);")]
    [InlineData("Span<int> span = stackalloc int[3]; var list = new List<int>(); foreach (var p in people) list.Add(p.Age + span.Length);")]
    public Task Is_silent(string statements, bool firstIsFound = false) => Reports(Class(firstIsFound ? statements.Replace("foreach (var p in people)", "[|foreach (var p in people)|]", StringComparison.Ordinal) : statements));

    [Fact]
    public Task Is_silent_where_it_waits() => Reports(Class("var list = new List<string>(); foreach (var p in people) list.Add(await Ask(p));", "async Task"));

    [Fact]
    public Task Is_silent_where_a_struct_is_used() => Reports("struct S { int n; List<int> M(int[] items) { var list = new List<int>(); foreach (var x in items) list.Add(x + n); return list; } }");

    [Fact]
    public Task The_message_names_the_collections() => ReportsInfo(Class("var names = new List<string>(); [|foreach (var p in people)|] names.Add(p.Name);"),
        "'names' grows again and again while the loop adds one value for each element of 'people'; 'Select' and 'ToList' make it in its full size");

    [Fact]
    public Task In_every_placement() => FixesEverywhere("""
        var list = new List<int>();
        [|foreach (var line in File.ReadAllLines("a"))|]
            list.Add(line.Length);

        Console.WriteLine(list.Count);
        """, """
        var list = File.ReadAllLines("a").Select(line => line.Length).ToList();

        Console.WriteLine(list.Count);
        """, except: Placement.SwitchSection);

    private static string Method(string body) => "record Person(string Name, int Age, string? Nick);\n\nclass C\n{\n    object M(List<Person> people, Person[] array, List<int> numbers, int n)\n    {\n        " + body.Replace("\n", "\n        ").Replace("\n        \n", "\n\n") + "\n    }\n\n    static void Use(object o) { }\n}\n";

    [Theory]
    [InlineData("var names = new List<string>();\n[|foreach (var person in people)|]\n    names.Add(person.Name);\n\nnames.Sort();\nreturn names;", "var names = people.Select(person => person.Name).ToList();\n\nnames.Sort();\nreturn names;")]
    [InlineData("List<string> names = [];\n[|foreach (var person in array)|]\n{\n    names.Add(person.Name.Trim());\n}\n\nreturn names;", "return array.Select(person => person.Name.Trim()).ToList();")]
    [InlineData("IList<int> ages = new List<int>();\n[|foreach (var person in array)|]\n    ages.Add(person.Age);\n\nages.Clear();\nreturn ages;", "IList<int> ages = array.Select(person => person.Age).ToList();\n\nages.Clear();\nreturn ages;")]
    [InlineData("var squares = new List<long>();\n[|for (var i = 0; i < numbers.Count; i++)|]\n    squares.Add(numbers[i] * numbers[i]);\n\nsquares.Sort();\nreturn squares;", "var squares = numbers.Select(number => (long)(number * number)).ToList();\n\nsquares.Sort();\nreturn squares;")]
    [InlineData("var all = new List<object>();\n[|foreach (var person in people)|]\n    all.Add(person.Name);\n\nall.Clear();\nreturn all;", "var all = people.Select(person => (object)person.Name).ToList();\n\nall.Clear();\nreturn all;")]
    [InlineData("var all = new List<string?>();\n[|foreach (var person in people)|]\n    all.Add(person.Name);\n\nall.Add(null);\nreturn all;", "var all = people.Select(person => (string?)person.Name).ToList();\n\nall.Add(null);\nreturn all;")]
    [InlineData("var all = new List<string?>();\n[|foreach (var person in people)|]\n    all.Add(person.Nick);\n\nall.Add(null);\nreturn all;", "var all = people.Select(person => person.Nick).ToList();\n\nall.Add(null);\nreturn all;")]
    [InlineData("var older = new List<Person>();\n[|foreach (var person in array)|]\n    older.Add(new(person.Name, person.Age + n, null));\n\nolder.Clear();\nreturn older;", "var older = array.Select(person => new Person(person.Name, person.Age + n, null)).ToList();\n\nolder.Clear();\nreturn older;")]
    [InlineData("var pairs = new List<(string Name, int Years)>();\n[|foreach (var person in people)|]\n    pairs.Add((person.Name, person.Age));\n\npairs.Clear();\nreturn pairs;", "var pairs = people.Select(person => ((string Name, int Years))(person.Name, person.Age)).ToList();\n\npairs.Clear();\nreturn pairs;")]
    [InlineData("// The names.\nvar names = new List<string>();\n\n// Of all.\n[|foreach (var person in people)|]\n    names.Add(person.Name); // done\n\nnames.Sort();\nreturn names;", "// The names.\n// Of all.\nvar names = people.Select(person => person.Name).ToList(); // done\n\nnames.Sort();\nreturn names;")]
    [InlineData("var names = new List<string>();\nUse(n);\n[|foreach (var person in array)|]\n    names.Add(person.Name);\n\nnames.Sort();\nreturn names;", "Use(n);\nvar names = array.Select(person => person.Name).ToList();\n\nnames.Sort();\nreturn names;")]
    [InlineData("var older = new List<Person>();\n[|foreach (var person in array)|]\n{\n    older.Add(new Person(person.Name, person.Age, null)\n    {\n        Age = person.Age + 1,\n    });\n}\n\nolder.Clear();\nreturn older;", "var older = array.Select(person => new Person(person.Name, person.Age, null)\n{\n    Age = person.Age + 1,\n}).ToList();\n\nolder.Clear();\nreturn older;")]
    [InlineData("var first = new List<int>();\nvar second = new List<int>();\n[|foreach (var person in people)|]\n    first.Add(person.Age);\n\n[|foreach (var person in array)|]\n    second.Add(person.Age);\n\nreturn first.Concat(second);", "var first = people.Select(person => person.Age).ToList();\nvar second = array.Select(person => person.Age).ToList();\n\nreturn first.Concat(second);")]
    [InlineData("var older = new List<Person>();\n[|foreach (var person in array)|]\n{\n    var row = new Person(person.Name, person.Age, null)\n    {\n        Age = person.Age + 1,\n    };\n    older.Add(row);\n}\n\nreturn older;", "return array.Select(person => new Person(person.Name, person.Age, null)\n{\n    Age = person.Age + 1,\n}).ToList();")]
    [InlineData("var older = new List<object>();\n[|foreach (var person in array)|]\n{\n    Person row = new(person.Name, person.Age, null);\n    older.Add(row);\n}\n\nreturn older;", "return array.Select(person =>\n{\n    Person row = new(person.Name, person.Age, null);\n    return (object)row;\n}).ToList();")]
    [InlineData("var labels = new List<string>();\n[|foreach (var person in people)|]\n{\n    var name = person.Name.Trim();\n    var years = person.Age - n;\n\n    labels.Add($\"{name}: {years}\");\n}\n\nlabels.Sort();\nreturn labels;", "var labels = people.Select(person =>\n{\n    var name = person.Name.Trim();\n    var years = person.Age - n;\n\n    return $\"{name}: {years}\";\n}).ToList();\n\nlabels.Sort();\nreturn labels;")]
    [InlineData("var labels = new List<string>();\n[|for (var i = 0; i < people.Count; i++)|]\n{\n    var person = people[i];\n    labels.Add(person.Name + person.Age);\n}\n\nlabels.Sort();\nreturn labels;", "var labels = people.Select(person => person.Name + person.Age).ToList();\n\nlabels.Sort();\nreturn labels;")]
    [InlineData("var labels = new List<string>();\n[|for (var i = 0; i < people.Count; i++)|]\n{\n    var person = people[i];\n\n    var name = person.Name;\n    labels.Add(name + name);\n}\n\nlabels.Sort();\nreturn labels;", "var labels = people.Select(person =>\n{\n    var name = person.Name;\n    return name + name;\n}).ToList();\n\nlabels.Sort();\nreturn labels;")]
    public Task Projects_at_once(string before, string after) => Fixes(Method(before), Method(after));

    [Theory]
    // What is called may change the list, which the loop would notice.
    [InlineData("var ages = new List<int>();\n[|foreach (var person in people)|]\n    ages.Add(make(person));\n\nreturn ages;", "var ages = new List<int>(people.Count);\nforeach (var person in people)\n    ages.Add(make(person));\n\nreturn ages;")]
    // A local function sees the list half done.
    [InlineData("var ages = new List<int>();\n[|foreach (var person in array)|]\n    ages.Add(Next(person));\n\nreturn ages;\nint Next(Person person) => ages.Count + person.Age;", "var ages = new List<int>(array.Length);\nforeach (var person in array)\n    ages.Add(Next(person));\n\nreturn ages;\nint Next(Person person) => ages.Count + person.Age;")]
    // Comments would be lost.
    [InlineData("var ages = new List<int>();\n[|foreach (var person in array)|]\n{\n    // In years.\n    ages.Add(person.Age);\n}\n\nreturn ages;", "var ages = new List<int>(array.Length);\nforeach (var person in array)\n{\n    // In years.\n    ages.Add(person.Age);\n}\n\nreturn ages;")]
    public Task Gives_a_capacity_where_a_query_might_differ(string before, string after) => Fixes(Wrapped(before), Wrapped(after));

    private static string Wrapped(string body) => "record Person(string Name, int Age);\n\nclass C\n{\n    List<int> M(List<Person> people, Person[] array, Func<Person, int> make)\n    {\n        " + body.Replace("\n", "\n        ").Replace("\n        \n", "\n\n") + "\n    }\n}\n";

    [Fact]
    public Task A_missing_collection_fails_as_it_did() => Fixes("""
        #nullable disable
        class C
        {
            List<int> M(string[] texts)
            {
                var lengths = new List<int>();
                [|foreach (var text in texts)|]
                    lengths.Add(text.Length);

                return lengths;
            }
        }
        """, """
        #nullable disable
        class C
        {
            List<int> M(string[] texts)
            {
                var lengths = new List<int>(texts.Length);
                foreach (var text in texts)
                    lengths.Add(text.Length);

                return lengths;
            }
        }
        """);

    [Fact]
    public Task In_older_projects_too() => Fixes("""
        using System.Collections.Generic;

        class C
        {
            List<int> M(string text)
            {
                var lengths = new List<int>();
                [|foreach (string part in text.Split(','))|]
                {
                    lengths.Add(part.Length);
                }

                return lengths;
            }
        }
        """, """
        using System.Collections.Generic;
        using System.Linq;

        class C
        {
            List<int> M(string text)
            {
                return text.Split(',').Select(part => part.Length).ToList();
            }
        }
        """, target: Target.Net472.CSharp(7));

    [Fact]
    public Task An_own_Select_is_not_called() => HasNoSelect("static class Own { public static IEnumerable<R> Select<T, R>(this T[] items, Func<T, R> f) => []; }");

    private Task HasNoSelect(string type) => Fixes($$"""
        {{type}}

        class C
        {
            List<int> M(string[] texts)
            {
                var lengths = new List<int>();
                [|foreach (var text in texts)|]
                    lengths.Add(text.Length);

                return lengths;
            }
        }
        """, $$"""
        {{type}}

        class C
        {
            List<int> M(string[] texts)
            {
                var lengths = new List<int>(texts.Length);
                foreach (var text in texts)
                    lengths.Add(text.Length);

                return lengths;
            }
        }
        """);

    [Fact]
    public Task Line_ends_stay() => Fixes(
        "class C\r\n{\r\n    List<int> M(string[] items)\r\n    {\r\n        var list = new List<int>();\r\n        [|foreach (var x in items)|]\r\n            list.Add(x.Length);\r\n\r\n        list.Sort();\r\n        return list;\r\n    }\r\n}\r\n",
        "class C\r\n{\r\n    List<int> M(string[] items)\r\n    {\r\n        var list = items.Select(x => x.Length).ToList();\r\n\r\n        list.Sort();\r\n        return list;\r\n    }\r\n}\r\n");

    [Theory]
    [InlineData("var list = new List<int>(); foreach (var x in items) list.Add(Trace.Log(x, 10 / x)); return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<string>(); try { foreach (var x in items) list.Add((10 / x).ToString()); } catch (DivideByZeroException) { Trace.Log(list.Count); } return string.Join(\",\", list);", false)]
    [InlineData("try { var list = new List<string>(); foreach (var x in items) list.Add((10 / x).ToString()); return string.Join(\",\", list); } catch (DivideByZeroException) { return \"zero\"; }", true)]
    [InlineData("var list = new List<string>(); foreach (var x in items) { var y = Trace.Log(x, 10 / x); var z = y + x; list.Add(y + \":\" + z); } return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<int>(); foreach (var x in items) { var y = Change(items, x); list.Add(y * 2); } return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<Func<int>>(); foreach (var x in items) { var y = x * 2; Func<int> f = () => y++; list.Add(f); } return string.Join(\",\", list.Select(f => f() + f()));", null)]
    [InlineData("var list = new List<int>(); foreach (var x in items) list.Add(Change(items, x)); return string.Join(\",\", list);", true)]
    [InlineData("var own = items.ToList(); var list = new List<int>(); try { foreach (var x in own) list.Add(Change(own, x)); } catch (InvalidOperationException) { return \"changed\" + list.Count; } return string.Join(\",\", list);", false)]
    [InlineData("var own = items.ToArray(); var list = new List<int>(); foreach (var x in own) list.Add(Write(own, x)); return string.Join(\",\", list);", true)]
    [InlineData("var own = items.ToArray(); var list = new List<int>(); for (var i = 0; i < own.Length; i++) list.Add(Write(own, own[i]) + own[i]); return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<int>(); foreach (var x in Same(items)) list.Add(x + 1); return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<int>(); try { foreach (var x in Same(items)) list.Add(Change(items, x)); } catch (InvalidOperationException) { return \"changed\"; } return string.Join(\",\", list);", false)]
    [InlineData("try { var list = new List<int>(); foreach (var x in Same(items)) list.Add(Change(items, x)); return string.Join(\",\", list); } catch (InvalidOperationException) { return \"changed\"; }", false)]
    [InlineData("var list = new List<object>(); foreach (var x in items) list.Add(x + 1); return string.Join(\",\", list.Select(o => o.GetType() + \"\" + o));", true)]
    [InlineData("var list = new List<double>(); foreach (var x in items) list.Add(x / 2); return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<long?>(); foreach (var x in items) list.Add(x > 2 ? x : null); return string.Join(\",\", list);", null)]
    [InlineData("var list = new List<Func<int>>(); foreach (var x in items) list.Add(new Func<int>(() => x)); return string.Join(\",\", list.Select(f => f()));", null)]
    [InlineData("checked { var list = new List<int>(); try { foreach (var x in items) list.Add(x * int.MaxValue); } catch (OverflowException) { return \"overflow\"; } return string.Join(\",\", list); }", null)]
    [InlineData("checked { var list = new List<int>(); foreach (var x in items) list.Add(x * int.MaxValue); return string.Join(\",\", list); }", true)]
    [InlineData("var list = new List<List<int>>(); foreach (var y in items) { var inner = new List<int>(); foreach (var x in items) inner.Add(x * y); list.Add(inner); } return string.Join(\";\", list.Select(l => string.Join(\",\", l)));", true)]
    [InlineData("var list = new List<int>(); Func<int> count = () => list.Count; foreach (var x in items) list.Add(count() + x); return string.Join(\",\", list);", false)]
    [InlineData("var list = new List<int>(); foreach (var x in items) list.Add(Count() + x); return string.Join(\",\", list); int Count() => list.Count;", true)]
    [InlineData("var list = new List<string>(); foreach (var x in items) list.Add(x.ToString()); return string.Join(\",\", list) + nameof(list);", true)]
    [InlineData("var list = new List<int>(); foreach (var x in items) list.Add(int.TryParse(x + \"\", out var y) && y is > 2 and var z ? z : -1); return string.Join(\",\", list);", true)]
    public Task Does_the_same(string body, bool? expectFix) => FixesAndRuns("class C { static string Run(List<int> items) { " + body + " } static int Change(List<int> items, int x) { if (x == 5) items.Add(x); return x; } static List<int> Same(List<int> items) => items; static int Write(int[] items, int x) { if (items.Length > 1) items[1] = 50; return x; } }",
        [[new List<int>()], [new List<int> { 1 }], [new List<int> { 3, 1, 2, 5, 5, 8, 13 }], [new List<int> { 1, 0, 2 }]], expectFix: expectFix);
}
