namespace HotPath.Tests;

/// <summary>Entities of which a value or two are read, and sometimes more.</summary>
public sealed class WideEntityReadShapes() : EntityReadShapes<WideEntityReadAnalyzer, WideEntityReadFix>("item.Name", "item.Name", "item.Id + item.N", "item.Maybe", "item.Maybe ?? item.Id", "item.Name + item.Id + item.N", "item.Name.Length");
