package dev.millrace.features.report;

import dev.millrace.features.ranking.Relevance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places scores on a line from 0 to 100 that holds zero and every 99% interval. It is linear as
 * long as the scores that stand out can be told apart on it; where they span decades, it is the
 * inverse hyperbolic sine: linear about zero, within the width of a typical interval, and
 * logarithmic beyond.
 */
final class ScoreAxis {
  /** A bar of a thirtieth of the longest is still seen. */
  private static final double LINEAR_SPAN = 30;

  private static final double LEAST_TICK_DISTANCE = 7;
  private static final int LINEAR_TICKS = 6;

  private final double bend;
  private final double low;
  private final double high;

  private ScoreAxis(double bend, double low, double high) {
    this.bend = bend;
    this.low = low;
    this.high = high;
  }

  /** An axis for these scores. */
  static ScoreAxis of(List<Relevance> relevances) {
    double low = relevances.stream().mapToDouble(Relevance::lower).min().orElse(0);
    double high = relevances.stream().mapToDouble(Relevance::upper).max().orElse(0);
    double greatest = relevances.stream().mapToDouble(Relevance::score).max().orElse(0);
    double least =
        relevances.stream()
            .filter(relevance -> relevance.lower() > 0)
            .mapToDouble(Relevance::score)
            .min()
            .orElse(greatest);
    low = Math.min(0, low);
    high = Math.max(high, low == 0 && high <= 0 ? 1 : 0);
    double bend = least > 0 && greatest > LINEAR_SPAN * least ? bend(relevances, greatest) : 0;
    ScoreAxis bare = new ScoreAxis(bend, low, high);
    double margin = 0.02 * (bare.bent(high) - bare.bent(low));
    return new ScoreAxis(
        bend,
        low < 0 ? bare.unbent(bare.bent(low) - margin) : 0,
        bare.unbent(bare.bent(high) + margin));
  }

  /** Half the width of a typical interval, but within four decades of the greatest score; round. */
  private static double bend(List<Relevance> relevances, double greatest) {
    double[] widths =
        relevances.stream()
            .mapToDouble(relevance -> relevance.upper() - relevance.score())
            .filter(width -> width > 0)
            .sorted()
            .toArray();
    double typical = widths.length == 0 ? 0 : widths[widths.length / 2];
    double bend = Math.min(greatest / 10, Math.max(greatest / 1e4, typical));
    return BigDecimal.valueOf(bend).round(new MathContext(1)).doubleValue();
  }

  /** Whether equal distances are equal differences of scores throughout. */
  boolean isLinear() {
    return bend == 0;
  }

  /** Where the axis turns from linear to logarithmic, nats; 0 if it is linear throughout. */
  double bend() {
    return bend;
  }

  /** The place of a score, in [0,100]. */
  double percent(double score) {
    double position = (bent(score) - bent(low)) / (bent(high) - bent(low));
    return 100 * Math.max(0, Math.min(1, position));
  }

  /** Scores to mark, ascending, zero among them, far enough from each other to be labelled. */
  double[] ticks() {
    return isLinear() ? linearTicks() : bentTicks();
  }

  private double[] linearTicks() {
    double rough = (high - low) / LINEAR_TICKS;
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double leading = rough / decade;
    double step = decade * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double[] bentTicks() {
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    int top = (int) Math.floor(Math.log10(Math.max(high, -low)));
    // Powers of ten before the steps between them: the first labels take the room.
    for (int leading : new int[] {1, 3}) {
      for (int exponent = top; Math.pow(10, exponent) >= bend / 3; exponent--) {
        addIfClear(leading * Math.pow(10, exponent), ticks);
        addIfClear(-leading * Math.pow(10, exponent), ticks);
      }
    }
    double[] sorted = ticks.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private void addIfClear(double tick, List<Double> ticks) {
    boolean clear =
        ticks.stream()
            .allMatch(other -> Math.abs(percent(other) - percent(tick)) >= LEAST_TICK_DISTANCE);
    if (tick >= low && tick <= high && clear) {
      ticks.add(tick);
    }
  }

  private double bent(double score) {
    if (bend == 0) {
      return score;
    }
    double scaled = Math.abs(score) / bend;
    return Math.copySign(Math.log(scaled + Math.sqrt(scaled * scaled + 1)), score);
  }

  private double unbent(double position) {
    return bend == 0 ? position : bend * Math.sinh(position);
  }
}
