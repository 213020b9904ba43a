namespace Showcase;

/// <summary>Bonus points grow like the rabbits of Fibonacci.</summary>
public static class Bonus
{
    // HOT1201: about 1.6^years calls for as many results as there are years.
    public static long Points(int years) => years < 2 ? years : Points(years - 1) + Points(years - 2);
}
