package dev.millrace.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.quality.ValueHash;
import dev.millrace.features.quality.Windows;
import dev.millrace.features.ranking.CountProfile;
import dev.millrace.jobs.JobEnvironment;
import dev.millrace.jobs.JobSettings;
import dev.millrace.schemas.FieldCount;
import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.HorizonProfile;
import dev.millrace.schemas.LifeCount;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A field of very many values is on disk, counted exactly, and memory does not grow with it. */
final class ManyValuesTest {

  private static final long SEED = 5;
  private static final int MAX_ROWS_OF_VALUE = 6;

  /** Harness, its output and the garbage that the collector has left for later. */
  private static final long MAX_HEAP_GROWTH = 24 << 20;

  /** All that RocksDB may hold of the values outside the heap. */
  private static final MemorySize ROCKS_DB_MEMORY = MemorySize.ofMebiBytes(64);

  private static final Windows WINDOWS = new Windows(Duration.ofMinutes(1), Duration.ZERO);

  @TempDir private Path directory;

  private final long[][] values = new long[MAX_ROWS_OF_VALUE + 1][MAX_ROWS_OF_VALUE + 1];
  private KeyedOneInputStreamOperatorTestHarness<Integer, FieldCount, FieldProfile> harness;
  private final CountProfile.Builder found = CountProfile.builder(2);
  private long profileRows;

  @Test
  void shouldCountAFieldOf300ThousandValuesExactlyInBoundedMemory() throws Exception {
    shouldCount(300_000);
  }

  @Test
  @Tag("slow")
  void shouldCountAFieldOfTenMillionValuesExactlyInBoundedMemory() throws Exception {
    shouldCount(10_000_000);
  }

  @BeforeEach
  void open() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ProfileFunction(WINDOWS)),
            ProfileFunction::key,
            Types.INT);
    EmbeddedRocksDBStateBackend rocksDb =
        new EmbeddedRocksDBStateBackend()
            .configure(
                JobEnvironment.of(new JobSettings(1, Duration.ofSeconds(1), "file:///checkpoints"))
                    .getConfiguration(),
                getClass().getClassLoader());
    rocksDb.setDbStoragePath(directory.toString());
    rocksDb.getMemoryConfiguration().setFixedMemoryPerSlot(ROCKS_DB_MEMORY);
    harness.setStateBackend(rocksDb);
    harness.setup(
        new AvroTypeInfo<>(FieldProfile.class).createSerializer(new SerializerConfigImpl()));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void shouldCount(int cardinality) throws Exception {
    long before = usedHeap();
    send(cardinality);
    assertThat(usedHeap() - before).as("bytes with all values").isLessThan(MAX_HEAP_GROWTH);

    harness.processWatermark(new Watermark(WINDOWS.due(0)));

    assertThat(usedHeap() - before).as("bytes with the profiles").isLessThan(MAX_HEAP_GROWTH);
    harness.extractOutputValues().forEach(profile -> merge(profile.getCurrent()));
    assertExact(cardinality);
    assertThat(profileRows)
        .as("rows of counts in all profiles")
        .isLessThan((long) ValueHash.SHARDS * 7 * 7);
  }

  /** The rows of a value one by one, as if they were too far apart to be counted together. */
  private void send(int cardinality) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < cardinality; i++) {
      String value = "value-" + i;
      int rows = Math.min(MAX_ROWS_OF_VALUE, 1 + Long.numberOfTrailingZeros(random.nextLong()));
      int clicked = random.nextInt(rows + 1);
      values[rows - clicked][clicked]++;
      for (int row = 0; row < rows; row++) {
        LifeCount count = new LifeCount(0L, 0L, row < clicked ? 0L : 1L, row < clicked ? 1L : 0L);
        harness.processElement(
            new StreamRecord<>(new FieldCount(0, ValueHash.shard(value), value, List.of(count))));
      }
    }
  }

  private void merge(HorizonProfile profile) {
    for (int i = 0; i < profile.getValues().size(); i++) {
      long[] row = {profile.getNotClicked().get(i), profile.getClicked().get(i)};
      found.add(row, 0, profile.getValues().get(i));
    }
    profileRows += profile.getValues().size();
  }

  private void assertExact(int cardinality) {
    CountProfile profile = found.build();
    assertThat(profile.cardinality()).isEqualTo(cardinality);
    for (int i = 0; i < profile.size(); i++) {
      int notClicked = (int) profile.count(i, 0);
      int clicked = (int) profile.count(i, 1);
      assertThat(profile.multiplicity(i))
          .as("values of %d rows and %d clicks under seed %d", notClicked, clicked, SEED)
          .isEqualTo(values[notClicked][clicked]);
    }
    assertThat(Arrays.stream(values).flatMapToLong(Arrays::stream).filter(n -> n > 0).count())
        .isEqualTo(profile.size());
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
