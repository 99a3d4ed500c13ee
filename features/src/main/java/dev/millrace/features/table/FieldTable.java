package dev.millrace.features.table;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.features.quality.ValueHash;
import dev.millrace.features.ranking.CountProfile;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values of a column and their counts by label.
 *
 * <p>Exact while the column has at most {@code maxValues} distinct values. Beyond, memory is
 * bounded by sampling values: whenever there are more, every value that is not frequent is kept if
 * the next bit of its hash is set, from then on stands for twice as many, and values not kept are
 * no longer counted. Frequent values are always kept. Whether a value stays depends on its hash and
 * on what was counted before, never on the label to come, so that every sum over values is
 * estimated without bias (Horvitz and Thompson 1952), and which values are kept is the same in
 * every run over the same rows.
 */
final class FieldTable {
  /** XXH3-64 of the value's bytes decides which values are kept; its low bits one after another. */
  private static final int MAX_LEVEL = 40;

  /** A sketch of 2^13 registers: relative error 0.8%. */
  private static final int SKETCH_PRECISION = 13;

  /** A quarter of the budget at most is frequent: a value of this many times the mean. */
  private static final int FREQUENT = 4;

  private static final int INITIAL_VALUES = 16;

  private final String name;
  private final int maxValues;
  private ValueDictionary values = new ValueDictionary();

  /** Rows by value and label, {@code [values, stride]}. */
  private int[] counts;

  private int stride;
  private long signature;

  /** How often a value that is not frequent was halved; 0 while the table is exact. */
  private int level;

  /** Level at which a value was last drawn, by code; empty while the table is exact. */
  private byte[] levels = new byte[0];

  private UltraLogLog sketch;
  private long uncounted;

  FieldTable(String name, int maxValues, int stride) {
    this.name = name;
    this.maxValues = maxValues;
    this.stride = stride;
    this.counts = new int[INITIAL_VALUES * stride];
  }

  /**
   * An exact table whose counts are known.
   *
   * @param counts rows by value and label, {@code [values, stride]}; kept by reference
   */
  FieldTable(String name, ValueDictionary values, int[] counts, int stride) {
    this.name = name;
    this.maxValues = Integer.MAX_VALUE;
    this.stride = stride;
    this.values = values;
    this.counts = counts;
  }

  String name() {
    return name;
  }

  ValueDictionary values() {
    return values;
  }

  /** Code of a value; -1 for one that is not counted. */
  int encode(byte[] bytes, int start, int end) {
    return level == 0 ? values.code(bytes, start, end) : encodeSampled(bytes, start, end);
  }

  private int encodeSampled(byte[] bytes, int start, int end) {
    long hash = Hashing.xxh3_64().hashBytesToLong(bytes, start, end - start);
    sketch.add(hash);
    int code = values.find(bytes, start, end);
    if (code >= 0 || !isKept(hash, level)) {
      return code;
    }
    code = values.code(bytes, start, end);
    if (code >= levels.length) {
      levels = Arrays.copyOf(levels, Math.max(2 * levels.length, code + 1));
    }
    levels[code] = (byte) level;
    return code;
  }

  private static boolean isKept(long hash, int level) {
    return (hash & (1L << level) - 1) == (1L << level) - 1;
  }

  /**
   * Counts rows.
   *
   * @param codes of the rows, from {@link #encode}
   * @param labels of the rows, in [0, labelCount)
   * @param keys one odd number a row of the source, for the signature
   */
  void count(int[] codes, int[] labels, int labelCount, long[] keys, int rows) {
    if (labelCount > stride) {
      widen(Integer.highestOneBit(labelCount - 1) * 2);
    }
    int cells = cells(values.size(), stride);
    if (cells > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(2 * counts.length, cells));
    }
    if (level > 0) {
      countSampled(codes, labels, rows);
      return;
    }
    int[] table = counts;
    int width = stride;
    long sum = signature;
    for (int row = 0; row < rows; row++) {
      int code = codes[row];
      table[code * width + labels[row]]++;
      sum += (code + 1) * keys[row];
    }
    signature = sum;
    if (values.size() > maxValues) {
      sample();
    }
  }

  private void countSampled(int[] codes, int[] labels, int rows) {
    for (int row = 0; row < rows; row++) {
      if (codes[row] < 0) {
        uncounted++;
      } else {
        counts[codes[row] * stride + labels[row]]++;
      }
    }
    if (values.size() > maxValues) {
      sample();
    }
  }

  private int cells(int rows, int width) {
    long cells = (long) rows * width;
    RankingOptions.require(
        cells < Integer.MAX_VALUE,
        name + ": values (max-values bounds them) times labels must be < 2^31",
        cells);
    return (int) cells;
  }

  private void widen(int newStride) {
    int[] wider = new int[cells(Math.max(values.size(), INITIAL_VALUES), newStride)];
    for (int i = 0; i * stride < counts.length && i < values.size(); i++) {
      System.arraycopy(counts, i * stride, wider, i * newStride, stride);
    }
    counts = wider;
    stride = newStride;
  }

  private void sample() {
    if (level == 0) {
      sketch = UltraLogLog.create(SKETCH_PRECISION);
      levels = new byte[values.size()];
    }
    boolean first = level == 0;
    level++;
    long frequent = FREQUENT * (rows() - uncounted) / values.size() + 1;
    ValueDictionary kept = new ValueDictionary();
    int[] keptCounts = new int[counts.length];
    byte[] keptLevels = new byte[levels.length];
    for (int code = 0; code < values.size(); code++) {
      byte[] bytes = values.bytes(code);
      long hash = Hashing.xxh3_64().hashBytesToLong(bytes);
      if (first) {
        sketch.add(hash);
      }
      boolean isFrequent = rows(code) >= frequent;
      if (isFrequent || isKept(hash, level)) {
        int to = kept.code(Arrays.copyOf(bytes, bytes.length + Long.BYTES), 0, bytes.length);
        System.arraycopy(counts, code * stride, keptCounts, to * stride, stride);
        keptLevels[to] = isFrequent ? levels[code] : (byte) level;
      } else {
        uncounted += rows(code);
      }
    }
    values = kept;
    counts = keptCounts;
    levels = keptLevels;
    if (level > MAX_LEVEL) {
      throw new IllegalStateException(name + " cannot be sampled further");
    }
  }

  /** Whether there were more values than the budget allows, and figures are estimates. */
  boolean isSampled() {
    return level > 0;
  }

  /** How many values of the column a counted value stands for. */
  long weight(int code) {
    return level == 0 ? 1 : 1L << levels[code];
  }

  /** Distinct values, missing ones included. */
  long cardinality() {
    return level == 0 ? values.size() : Math.round(sketch.getDistinctCountEstimate());
  }

  /** Rows of a value with a label. */
  int count(int code, int label) {
    return label < stride ? counts[code * stride + label] : 0;
  }

  /** Rows of a value. */
  long rows(int code) {
    long rows = 0;
    for (int i = code * stride; i < (code + 1) * stride; i++) {
      rows += counts[i];
    }
    return rows;
  }

  /** Rows counted, and rows of values that are not. */
  long rows() {
    long rows = uncounted;
    for (int code = 0; code < values.size(); code++) {
      rows += rows(code);
    }
    return rows;
  }

  /**
   * The table up to the names of its values; of a sampled one, what the kept values stand for.
   *
   * @param labels number of labels
   */
  CountProfile profile(int labels) {
    CountProfile.Builder profile = CountProfile.builder(labels);
    long[] row = new long[labels];
    for (int code = 0; code < values.size(); code++) {
      copyCounts(code, row);
      profile.add(row, 0, weight(code));
    }
    return profile.build();
  }

  /** Profiles of the values that stand for as many as the key says, each counted once. */
  Map<Long, CountProfile> profilesByWeight(int labels) {
    Map<Long, CountProfile.Builder> builders = new TreeMap<>();
    long[] row = new long[labels];
    for (int code = 0; code < values.size(); code++) {
      copyCounts(code, row);
      builders.computeIfAbsent(weight(code), weight -> CountProfile.builder(labels)).add(row, 0, 1);
    }
    Map<Long, CountProfile> profiles = new TreeMap<>();
    builders.forEach((weight, builder) -> profiles.put(weight, builder.build()));
    return profiles;
  }

  private void copyCounts(int code, long[] into) {
    for (int label = 0; label < into.length; label++) {
      into[label] = count(code, label);
    }
  }

  /**
   * Rows by {@link ValueHash} bucket; of a sampled table, what the kept values stand for.
   *
   * @param without values that are left out
   */
  long[] buckets(Set<String> without) {
    long[] buckets = new long[ValueHash.BUCKETS];
    for (int code = 0; code < values.size(); code++) {
      String value = values.text(code);
      if (!without.contains(value)) {
        buckets[ValueHash.bucket(value)] += rows(code) * weight(code);
      }
    }
    return buckets;
  }

  /**
   * Equal for columns whose values change together on the same rows, whatever their names, and for
   * others with a probability of 2^-64 only.
   */
  long signature() {
    return signature;
  }
}
