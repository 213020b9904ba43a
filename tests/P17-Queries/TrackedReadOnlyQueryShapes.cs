namespace HotPath.Tests;

/// <summary>Entities of which many values are read, and sometimes few.</summary>
public sealed class TrackedReadOnlyQueryShapes() : EntityReadShapes<TrackedReadOnlyQueryAnalyzer, TrackedReadOnlyQueryFix>("item.Name + item.Id + item.N", "item.Name + item.Id + item.N + item.Maybe", "item.IsOpen ? item.Name : item.Id.ToString()", "item.Name")
{
    public override bool Changes => true;
}
