package io.salvor.domain.host;

/// The band to act on: worse at once, better only when it has been better for a while, so that it
/// does not flutter where two bands meet.
///
/// @param band the one that holds
/// @param better readings in a row that were better
public record SteadyBand(MemoryBand band, int better) {
  /// So many readings in a row make it better.
  private static final int ENOUGH = 5;

  /// Before the first reading.
  public static final SteadyBand NEW = new SteadyBand(MemoryBand.HEALTHY, 0);

  /// After one more reading.
  public SteadyBand after(MemoryBand seen) {
    if (seen.compareTo(band) >= 0) {
      return new SteadyBand(seen, 0);
    }
    return better + 1 >= ENOUGH ? new SteadyBand(seen, 0) : new SteadyBand(band, better + 1);
  }
}
