package dev.millrace.models.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Places probabilities on a line from 0 to 100: linear, or logarithmic where most predictions would
 * crowd at the foot of a linear one.
 */
final class PlotScale {
  /** A median in the first tenth: half of the bins would crowd there. */
  private static final double LINEAR_SPAN = 10;

  /** Beyond it, labels between the powers of ten would touch on a narrow page. */
  private static final double MOST_LABELLED_SPAN = 300;

  private static final int LINEAR_TICKS = 5;
  private static final double MARGIN = 1.05;

  private final boolean logarithmic;
  private final double low;
  private final double high;

  private PlotScale(boolean logarithmic, double low, double high) {
    this.logarithmic = logarithmic;
    this.low = low;
    this.high = high;
  }

  /** A scale for predictions and for the click rates seen, as far as it can show them. */
  static PlotScale of(List<Reliability.Bin> bins) {
    double[] predictions =
        bins.stream().mapToDouble(Reliability.Bin::meanPrediction).sorted().toArray();
    double most =
        bins.stream()
            .mapToDouble(bin -> Math.max(bin.meanPrediction(), bin.clickRateInterval().upper()))
            .max()
            .orElse(1);
    double high = Math.min(1, most * MARGIN);
    boolean crowded =
        predictions.length > 0
            && predictions[0] > 0
            && high > LINEAR_SPAN * predictions[predictions.length / 2];
    return crowded ? new PlotScale(true, predictions[0] / 2, high) : new PlotScale(false, 0, high);
  }

  boolean isLogarithmic() {
    return logarithmic;
  }

  /** The place of a probability, in [0, 100]. */
  double percent(double probability) {
    double within = Math.min(Math.max(probability, low), high);
    return 100
        * (logarithmic
            ? Math.log(within / low) / Math.log(high / low)
            : (within - low) / (high - low));
  }

  /** Probabilities to mark, ascending. */
  List<Double> ticks() {
    return logarithmic ? decades() : steps();
  }

  private List<Double> steps() {
    double rough = high / LINEAR_TICKS;
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double leading = rough / decade;
    double step = decade * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    // A hair beyond the end: the last step may round past it.
    for (int i = 0; i * step <= high * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private List<Double> decades() {
    List<Double> ticks = new ArrayList<>();
    for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= 0; exponent++) {
      for (int leading : high / low < MOST_LABELLED_SPAN ? new int[] {1, 3} : new int[] {1}) {
        double tick = leading * Math.pow(10, exponent);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
