package dev.millrace.features.table;

import dev.millrace.features.ranking.CountProfile;
import dev.millrace.features.ranking.IndependenceModel;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.RelevanceEstimator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds a row of a pair of columns with a label of two values. Shapes: values of the outer
 * and of the inner column.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CountingBenchmark {
  private static final int ROWS = 200_000;
  private static final int LABELS = 2;

  /** Outer and inner cardinality. */
  @Param({"50x20", "1000x100", "10000x50", "50000x20000"})
  public String shape;

  private int[] outer;
  private int[] inner;
  private int[] order;
  private int outerValues;
  private int innerValues;
  private Grouping grouping;
  private CountProfile profile;
  private IndependenceModel model;
  private final JointCounter counter = new JointCounter(LABELS);

  /** Skewed columns. */
  @Setup
  public void draw() {
    int times = shape.indexOf('x');
    outerValues = Integer.parseInt(shape.substring(0, times));
    innerValues = Integer.parseInt(shape.substring(times + 1));
    SplittableRandom random = new SplittableRandom(1);
    outer = new int[ROWS];
    inner = new int[ROWS];
    order = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      outer[row] = (int) Math.pow(outerValues, random.nextDouble()) - 1;
      int label = random.nextInt(10) == 0 ? 1 : 0;
      inner[row] = random.nextInt(innerValues) * LABELS + label;
    }
    grouping = new Grouping(outer, outerValues, order);
    profile = counter.count(grouping, inner, innerValues);
    model = new IndependenceModel(profile.labelTotals());
  }

  /** The floor: one increment a row in a table that fits into the L1 cache. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int[] increment() {
    int[] table = new int[1024];
    for (int row = 0; row < ROWS; row++) {
      table[inner[row] & 1023]++;
    }
    return table;
  }

  /** Sorting a column by its codes, once for all columns that are counted against it. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Grouping sort() {
    return new Grouping(outer, outerValues, order);
  }

  /** Counting a pair. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public CountProfile count() {
    return counter.count(grouping, inner, innerValues);
  }

  /** Relevance of the pair's profile with expectation, deviation and p-value; also by row. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Relevance relevance() {
    return RelevanceEstimator.expected(profile, model);
  }
}
