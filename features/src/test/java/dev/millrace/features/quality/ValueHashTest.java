package dev.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ValueHashTest {

  /**
   * State is found by them: they are a format. The first ten bits of XXH3, which is
   * 0x2D06800538D394C2 for no bytes and 0xE6C632B61E964E1F for "a".
   */
  @Test
  void shouldPutValuesIntoTheSameBucketsForEver() {
    assertThat(Stream.of("", "a", "phone", "größer", "12345").map(ValueHash::bucket))
        .containsExactly(180, 923, 673, 899, 973);
    assertThat(ValueHash.shard(null)).isZero();
  }

  @Test
  void shouldSpreadValuesOverAllBucketsAndShards() {
    int[] rows = new int[ValueHash.BUCKETS];
    IntStream.range(0, 100 * ValueHash.BUCKETS)
        .forEach(i -> rows[ValueHash.bucket("value-" + i)]++);

    // Poisson of mean 100.
    assertThat(IntStream.of(rows)).allMatch(each -> each > 50 && each < 150);
    assertThat(ValueHash.shard("a")).isEqualTo(ValueHash.bucket("a") % ValueHash.SHARDS);
  }
}
