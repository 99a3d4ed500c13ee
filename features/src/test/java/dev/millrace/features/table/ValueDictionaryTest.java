package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ValueDictionaryTest {
  private final ValueDictionary values = new ValueDictionary();

  /** The value between other bytes, which must not matter. */
  private static byte[] surrounded(String value) {
    return ("##" + value + "########").getBytes(StandardCharsets.UTF_8);
  }

  private int code(String value) {
    byte[] bytes = surrounded(value);
    return values.code(bytes, 2, bytes.length - Long.BYTES);
  }

  @Test
  void shouldTellApartValuesThatDifferInLengthOrZeroBytesOnly() {
    String[] all = {
      "",
      "\0",
      "\0\0",
      "a",
      "a\0",
      "aaaaaaa",
      "aaaaaaa\0",
      "aaaaaaaa",
      "aaaaaaaaa",
      "12345678",
      "123456789",
      "x12345678",
      "abcdefgh12345678",
      "abcdefgh1234567 "
    };
    for (int i = 0; i < all.length; i++) {
      assertThat(code(all[i])).as("\"%s\"", all[i]).isEqualTo(i);
    }
    for (int i = 0; i < all.length; i++) {
      assertThat(code(all[i])).isEqualTo(i);
      assertThat(values.text(i)).isEqualTo(all[i]);
      assertThat(values.length(i)).isEqualTo(all[i].length());
    }
    assertThat(values.size()).isEqualTo(all.length);
  }

  @Test
  void shouldNumberValuesAsAMapDoes() {
    long seed = 12;
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      String value = Long.toString(random.nextLong(1L << random.nextInt(1, 60)), 36);
      int expected = map.computeIfAbsent(value, key -> map.size());
      assertThat(code(value)).as("seed %d, \"%s\"", seed, value).isEqualTo(expected);
    }
    assertThat(values.size()).isEqualTo(map.size());
    map.forEach((value, code) -> assertThat(values.text(code)).isEqualTo(value));
  }

  @Test
  void shouldFindWhatItHoldsAndNothingElse() {
    code("short");
    code("rather a long value");
    byte[] known = surrounded("rather a long value");
    byte[] unknown = surrounded("rather a long VALUE");

    assertThat(values.find(known, 2, known.length - 8)).isEqualTo(1);
    assertThat(values.find(unknown, 2, unknown.length - 8)).isEqualTo(-1);
    assertThat(values.size()).isEqualTo(2);
  }

  @Test
  void shouldCompareValuesByCode() {
    ValueDictionary other = new ValueDictionary();
    for (String value : new String[] {"a", "a value of some length", ""}) {
      code(value);
      byte[] bytes = Arrays.copyOf(value.getBytes(StandardCharsets.UTF_8), value.length() + 8);
      other.code(bytes, 0, value.length());
    }
    assertThat(values.sameAs(other)).isTrue();
    code("one more");
    assertThat(values.sameAs(other)).isFalse();
  }
}
