package dev.millrace.features.table;

import dev.millrace.features.ranking.CountProfile;
import java.util.Arrays;

/**
 * Counts the combinations of two columns by label. Small tables are counted cell by cell; for
 * others the rows of one column are visited group by group, and the counts of the other inside a
 * group fit into an array that is cleared by what was touched. Either way a row costs a few memory
 * accesses, whatever the number of combinations.
 */
final class JointCounter {
  /** Cells of a table that is counted directly: 128 KiB stay in the L2 cache. */
  private static final int MAX_DIRECT_CELLS = 1 << 15;

  private final int labels;
  private final ProfileTally tally;
  private int[] counts = new int[0];
  private int[] touched = new int[1024];

  JointCounter(int labels) {
    this.labels = labels;
    this.tally = new ProfileTally(labels);
  }

  /**
   * Counts of each combination that occurs.
   *
   * @param outer the column of more values, best for speed
   * @param inner the other column with the label, {@code code * labels + label}, by row
   * @param cardinality codes of the other column
   */
  CountProfile count(Grouping outer, int[] inner, int cardinality) {
    int width = Math.multiplyExact(cardinality, labels);
    if ((long) outer.cardinality() * width <= MAX_DIRECT_CELLS) {
      countCells(outer, inner, width);
    } else {
      countGroups(outer, inner, width);
    }
    return tally.drain();
  }

  private void countCells(Grouping outer, int[] inner, int width) {
    int cells = outer.cardinality() * width;
    reserve(cells);
    int[] codes = outer.codes();
    int[] table = counts;
    for (int row = 0; row < codes.length; row++) {
      table[codes[row] * width + inner[row]]++;
    }
    tally.add(table, cells);
    Arrays.fill(table, 0, cells, 0);
  }

  private void countGroups(Grouping outer, int[] inner, int width) {
    reserve(width);
    for (int code = 0; code < outer.cardinality(); code++) {
      int start = outer.start(code);
      int end = outer.end(code);
      if (end - start >= width) {
        countGroup(outer.order(), start, end, inner);
        tally.add(counts, width);
        Arrays.fill(counts, 0, width, 0);
      } else if (end - start == 1) {
        tally.addSingle(inner[outer.order()[start]] % labels);
      } else if (end > start) {
        drain(touch(outer.order(), start, end, inner));
      }
    }
  }

  private void countGroup(int[] order, int start, int end, int[] inner) {
    int[] table = counts;
    for (int i = start; i < end; i++) {
      table[inner[order[i]]]++;
    }
  }

  /** Counts a group and lists the cells it touches; returns their number. */
  private int touch(int[] order, int start, int end, int[] inner) {
    if (touched.length < end - start) {
      touched = new int[Math.max(2 * touched.length, end - start)];
    }
    int[] table = counts;
    int[] cells = touched;
    int size = 0;
    for (int i = start; i < end; i++) {
      int cell = inner[order[i]];
      cells[size] = cell;
      size += table[cell]++ == 0 ? 1 : 0;
    }
    return size;
  }

  private void drain(int size) {
    for (int i = 0; i < size; i++) {
      int first = touched[i] - touched[i] % labels;
      tally.add(counts, first, first + labels);
      Arrays.fill(counts, first, first + labels, 0);
    }
  }

  /**
   * Numbers the combinations from 0: a column of the two columns together.
   *
   * @param inner the other column with the label, as for {@link #count}
   * @param into receives the codes by row
   * @return number of combinations
   */
  int number(Grouping outer, int[] inner, int cardinality, int[] into) {
    int[] numbers = new int[cardinality];
    int combinations = 0;
    for (int code = 0; code < outer.cardinality(); code++) {
      int before = combinations;
      for (int i = outer.start(code); i < outer.end(code); i++) {
        int row = outer.order()[i];
        int value = inner[row] / labels;
        if (numbers[value] <= before) {
          numbers[value] = ++combinations;
        }
        into[row] = numbers[value] - 1;
      }
    }
    return combinations;
  }

  private void reserve(int cells) {
    if (counts.length < cells) {
      counts = new int[cells];
    }
  }
}
