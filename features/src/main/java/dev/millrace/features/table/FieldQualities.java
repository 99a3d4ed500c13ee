package dev.millrace.features.table;

import dev.millrace.features.ranking.FieldQuality;
import dev.millrace.features.ranking.FieldQuality.Bounds;
import dev.millrace.features.ranking.FieldQuality.ValueCount;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the state of a field's data off its table. */
final class FieldQualities {
  private static final int MOST_FREQUENT = 10;

  private FieldQualities() {}

  /**
   * The state of a field.
   *
   * @param drift index against another data set, where there is one
   */
  static FieldQuality of(
      FieldTable table, Set<String> missingSymbols, long rareCount, Optional<Double> drift) {
    ValueDictionary values = table.values();
    long counted = 0;
    long missing = 0;
    long missingValues = 0;
    long rareValues = 0;
    long rareRows = 0;
    double bytes = 0;
    double sumOfLogs = 0;
    for (int code = 0; code < values.size(); code++) {
      long rows = table.rows(code);
      long weight = table.weight(code);
      counted += rows * weight;
      bytes += (double) rows * weight * values.length(code);
      sumOfLogs += (double) (weight * rows) * Math.log((double) rows);
      if (isMissing(values, code, missingSymbols)) {
        missing += rows;
        missingValues++;
      } else if (rows <= rareCount) {
        rareValues += weight;
        rareRows += rows * weight;
      }
    }
    long rows = table.rows();
    return new FieldQuality(
        rows,
        missing,
        table.cardinality() - missingValues,
        table.isSampled(),
        Math.max(0, Math.log((double) counted) - sumOfLogs / counted),
        rareValues,
        rareRows,
        rareCount,
        bytes / counted,
        mostFrequent(table),
        bounds(table, missingSymbols),
        drift);
  }

  /** Rows whose value is one of the symbols. */
  static long missingRows(FieldTable table, Set<String> symbols) {
    long rows = 0;
    for (int code = 0; code < table.values().size(); code++) {
      rows += isMissing(table.values(), code, symbols) ? table.rows(code) : 0;
    }
    return rows;
  }

  static boolean isMissing(ValueDictionary values, int code, Set<String> symbols) {
    for (String symbol : symbols) {
      // A character has at most 3 bytes of UTF-8: most values need no text.
      if (values.length(code) <= 3 * symbol.length() && values.text(code).equals(symbol)) {
        return true;
      }
    }
    return false;
  }

  private static List<ValueCount> mostFrequent(FieldTable table) {
    Comparator<Integer> rarestFirst =
        Comparator.<Integer>comparingLong(table::rows).thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> best = new PriorityQueue<>(rarestFirst);
    long floor = 0;
    for (int code = 0; code < table.values().size(); code++) {
      if (best.size() < MOST_FREQUENT || table.rows(code) > floor) {
        best.add(code);
        if (best.size() > MOST_FREQUENT) {
          best.remove();
        }
        floor = table.rows(best.element());
      }
    }
    return best.stream()
        .sorted(rarestFirst.reversed())
        .map(code -> new ValueCount(table.values().text(code), table.rows(code)))
        .toList();
  }

  /** Bounds of a column of numbers: all values that are not missing have to be. */
  private static Optional<Bounds> bounds(FieldTable table, Set<String> missingSymbols) {
    int size = table.values().size();
    double[] numbers = new double[size];
    long[] rows = new long[size];
    int found = 0;
    for (int code = 0; code < size; code++) {
      if (!isMissing(table.values(), code, missingSymbols)) {
        numbers[found] = Numbers.parse(table.values().bytes(code));
        if (Double.isNaN(numbers[found])) {
          return Optional.empty();
        }
        rows[found++] = table.rows(code) * table.weight(code);
      }
    }
    if (found == 0) {
      return Optional.empty();
    }
    int[] order =
        IntStream.range(0, found)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> numbers[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long half = (Arrays.stream(rows, 0, found).sum() + 1) / 2;
    int middle = 0;
    for (long below = rows[order[0]]; below < half; below += rows[order[middle]]) {
      middle++;
    }
    return Optional.of(
        new Bounds(numbers[order[0]], numbers[order[middle]], numbers[order[found - 1]]));
  }
}
