namespace Consumer;

internal static class HOT1201
{
    public static string Run() => Ways(20) + " " + Paths(6, 7);

    private static long Ways(int steps) => steps < 2 ? 1 : Ways(steps - 1) + Ways(steps - 2); // HOT1201

    private static long Paths(int rows, int columns) // HOT1201
    {
        if (rows == 0 || columns == 0)
            return 1;

        return Paths(rows - 1, columns) + Paths(rows, columns - 1);
    }
}
