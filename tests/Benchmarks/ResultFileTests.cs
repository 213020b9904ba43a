using HotPath.Benchmarks;
using static HotPath.Tests.Results;

namespace HotPath.Tests;

public sealed class ResultFileTests
{
    [Fact]
    public void A_result_is_text_that_people_can_read_and_diff() => Assert.Equal("""
        {
          "id": "HOT1602",
          "rule": "JoinLoop",
          "date": "2026-01-31",
          "cpu": "A & B's CPU™",
          "os": "Some OS",
          "runtime": ".NET 10.0.1",
          "benchmarkDotNet": "0.14.0",
          "parameter": "N",
          "noisy": "commits to a file",
          "points": [
            {
              "n": 10,
              "before": {
                "nanoseconds": 1234.5,
                "error": 0.5,
                "standardDeviation": 0.25,
                "allocatedBytes": 1000
              },
              "after": {
                "nanoseconds": 12,
                "error": 0.5,
                "standardDeviation": 0.25,
                "allocatedBytes": 100
              }
            }
          ]
        }

        """, ResultFile.Text(Of("HOT1602", Point(10, 1234.5, 12)) with { Noisy = "commits to a file", Cpu = "A & B's CPU™" }));

    [Fact]
    public void A_saved_result_loads_as_it_was()
    {
        var folder = Directory.CreateTempSubdirectory("hotpath-results-").FullName;

        try
        {
            var second = Of("HOT0702", Point(10, 20, 10), Point(100, 300, 10, best: Cost(1.125, 0)));
            ResultFile.Save(second, folder);
            ResultFile.Save(Of("HOT0701", Point(10, 20, 10)), folder);

            var loaded = ResultFile.TryLoad("HOT0702", folder)!;

            Assert.Equal(second with { Points = [] }, loaded with { Points = [] });
            Assert.Equal(second.Points, loaded.Points);
            Assert.Equal(["HOT0701", "HOT0702"], ResultFile.LoadAll(folder).Select(result => result.Id));
            Assert.Null(ResultFile.TryLoad("HOT0703", folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
