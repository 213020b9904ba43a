namespace HotPath;

/// <summary>The types of ADO.NET, Dapper and EF Core, recognised by what they implement or derive from, whatever the provider.</summary>
internal static class Databases
{
    /// <summary>Whether the type is a connection: <c>DbConnection</c>, <c>IDbConnection</c> or a provider's own.</summary>
    public static bool IsConnection(ITypeSymbol? type) => type.Implements("System.Data", "IDbConnection");

    /// <summary>Whether the type is a command: <c>DbCommand</c>, <c>IDbCommand</c> or a provider's own.</summary>
    public static bool IsCommand(ITypeSymbol? type) => type.Implements("System.Data", "IDbCommand");

    /// <summary>Whether the type is a reader of rows.</summary>
    public static bool IsReader(ITypeSymbol? type) => type.Implements("System.Data", "IDataReader");

    /// <summary>Whether it is a parameter of a command.</summary>
    public static bool IsParameter(ITypeSymbol? type) => type.Implements("System.Data", "IDataParameter");

    /// <summary>Whether the type is a transaction of ADO.NET.</summary>
    public static bool IsAdoTransaction(ITypeSymbol? type) => type.Implements("System.Data", "IDbTransaction");

    /// <summary>Whether the type is EF Core's wrapper of a transaction.</summary>
    public static bool IsContextTransaction(ITypeSymbol? type) => type.Implements("Microsoft.EntityFrameworkCore.Storage", "IDbContextTransaction");

    /// <summary>Whether the type is an ambient transaction of System.Transactions.</summary>
    public static bool IsAmbientTransaction(ITypeSymbol? type) =>
        Derives(type, "System.Transactions", "Transaction") || Derives(type, "System.Transactions", "TransactionScope");

    /// <summary>Whether the type is a transaction of any kind.</summary>
    public static bool IsTransaction(ITypeSymbol? type) => IsAdoTransaction(type) || IsContextTransaction(type) || IsAmbientTransaction(type);

    /// <summary>Whether the type is EF Core's context or derives from it.</summary>
    public static bool IsContext(ITypeSymbol? type) => Derives(type, "Microsoft.EntityFrameworkCore", "DbContext");

    /// <summary>Whether the context does more than save when it is asked to; so may what is no context.</summary>
    public static bool OverridesSave(ITypeSymbol? type)
    {
        for (var current = type; current is not null && !current.Is("Microsoft.EntityFrameworkCore", "DbContext"); current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member.Name is "SaveChanges" or "SaveChangesAsync")
                    return true;
            }
        }

        return !IsContext(type);
    }

    /// <summary>Whether the type is a set of entities.</summary>
    public static bool IsSet(ITypeSymbol? type) => Derives(type?.OriginalDefinition, "Microsoft.EntityFrameworkCore", "DbSet");

    /// <summary>Whether the type reaches a database: any of the above, and whatever else lives in their namespaces and is no plain value.</summary>
    public static bool IsAny(ITypeSymbol? type) =>
        IsConnection(type) || IsCommand(type) || IsReader(type) || IsTransaction(type) || IsContext(type) || IsSet(type) || type.Implements("System.Linq", "IQueryable")
        || Derives(type, "System.Data.Common", "DbDataSource") || Derives(type, "System.Data.Common", "DbDataAdapter") || Derives(type, "System.Data.Common", "DbBatch");

    /// <summary>Whether the call is one of Dapper's extensions of a connection.</summary>
    public static bool IsDapper(IMethodSymbol method) => method.IsStatic && method.ContainingType.Is("Dapper", "SqlMapper");

    /// <summary>Whether the call runs a command and gives no rows.</summary>
    public static bool IsExecute(IMethodSymbol method) =>
        method.Name is "ExecuteNonQuery" or "ExecuteNonQueryAsync" or "ExecuteScalar" or "ExecuteScalarAsync" && !method.IsStatic && IsCommand(method.ContainingType)
        || method.Name is "Execute" or "ExecuteAsync" or "ExecuteScalar" or "ExecuteScalarAsync" && IsDapper(method);

    /// <summary>Whether the call changes the rows that a query of EF Core finds without loading them.</summary>
    public static bool IsSetChange(IMethodSymbol method) =>
        method.Name is "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync" && method.ContainingType.ContainingNamespace.Is("Microsoft.EntityFrameworkCore");

    /// <summary>Whether the call runs a text on the database of a context of EF Core.</summary>
    public static bool IsFacadeExecute(IMethodSymbol method) =>
        method.Name is "ExecuteSql" or "ExecuteSqlAsync" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "ExecuteSqlInterpolated" or "ExecuteSqlInterpolatedAsync" && method.ContainingType.Is("Microsoft.EntityFrameworkCore", "RelationalDatabaseFacadeExtensions");

    /// <summary>Whether the type is that one, or derives from it.</summary>
    private static bool Derives(ITypeSymbol? type, string containingNamespace, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Is(containingNamespace, name))
                return true;
        }

        return false;
    }
}
