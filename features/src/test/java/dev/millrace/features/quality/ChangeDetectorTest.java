package dev.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.AlarmKind;
import dev.millrace.schemas.FeatureAlarm;
import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.FieldWindow;
import dev.millrace.schemas.LifeCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ChangeDetectorTest {

  private static final int ROWS = 4000;
  private static final WindowRanker RANKER =
      new WindowRanker(
          new Windows(Duration.ofHours(1), Duration.ZERO),
          List.of("field"),
          "catalogue-1",
          AlarmThresholds.DEFAULT);

  /** A row of a window. */
  private record Row(String value, boolean clicked) {}

  private static FieldWindow window(long number, List<Row> rows, FieldWindow before) {
    Map<String, LifeCount> counts = new HashMap<>();
    for (Row row : rows) {
      LifeCount count =
          counts.computeIfAbsent(row.value, value -> new LifeCount(number, number, 0L, 0L));
      count.setNotClicked(count.getNotClicked() + (row.clicked ? 0 : 1));
      count.setClicked(count.getClicked() + (row.clicked ? 1 : 0));
    }
    Map<Integer, ShardProfiler> shards = new TreeMap<>();
    counts.forEach(
        (value, count) ->
            shards
                .computeIfAbsent(ValueHash.shard(value), shard -> new ShardProfiler(shard, number))
                .add(value, List.of(count)));
    List<FieldProfile> profiles = new ArrayList<>();
    shards.values().forEach(shard -> profiles.add(shard.build(0)));
    Collections.shuffle(profiles, new Random(number));
    return RANKER.rank(0, number, profiles, before);
  }

  private static List<Row> rows(long seed, int rows, Function<Random, Row> draw) {
    Random random = new Random(seed);
    List<Row> drawn = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      drawn.add(draw.apply(random));
    }
    return drawn;
  }

  private static FieldWindow after(List<Row> before, List<Row> now) {
    return window(1, now, window(0, before, null));
  }

  private static List<AlarmKind> kinds(FieldWindow window) {
    return window.getRank().getAlarms().stream().map(FeatureAlarm::getKind).toList();
  }

  /** One of so many values, of which the even ones are clicked with another probability. */
  private static Function<Random, Row> values(int values, double lift) {
    return random -> {
      int value = random.nextInt(values);
      return new Row("v" + value, random.nextDouble() < 0.3 + (value % 2) * lift);
    };
  }

  private static Function<Random, Row> missing(double share, Function<Random, Row> others) {
    return random -> {
      Row row = others.apply(random);
      return random.nextDouble() < share ? new Row(null, row.clicked) : row;
    };
  }

  @Test
  void shouldRaiseNoAlarmWithoutAChange() {
    List<AlarmKind> raised = new ArrayList<>();
    for (int seed = 0; seed < 100; seed++) {
      for (int values : new int[] {2, 30, 1000, 1_000_000}) {
        Function<Random, Row> field = missing(0.1, values(values, values == 30 ? 0.1 : 0));
        raised.addAll(
            kinds(after(rows(2L * seed, ROWS, field), rows(2L * seed + 1, ROWS / 3, field))));
      }
    }
    assertThat(raised).isEmpty();
  }

  @Test
  void shouldSeeOtherValues() {
    FieldWindow now =
        after(
            rows(1, ROWS, values(40, 0)),
            rows(2, ROWS, random -> new Row("v" + random.nextInt(40) / 2, random.nextInt(10) < 3)));

    assertThat(kinds(now)).contains(AlarmKind.DRIFT);
    FeatureAlarm alarm = now.getRank().getAlarms().get(0);
    assertThat(alarm.getValue()).isEqualTo(now.getRank().getDrift()).isGreaterThan(0.2);
    assertThat(alarm.getThreshold()).isEqualTo(0.2);
    assertThat(alarm.getMessage())
        .matches("population stability index \\d\\.\\d{4}, 0\\.\\d{4} without drift");
  }

  @Test
  void shouldSeeValuesGoMissing() {
    FieldWindow now =
        after(
            rows(1, ROWS, missing(0.05, values(5, 0))), rows(2, ROWS, missing(0.17, values(5, 0))));

    assertThat(kinds(now)).containsExactly(AlarmKind.MISSING);
    assertThat(now.getRank().getAlarms().get(0).getMessage())
        .matches("missing share 0\\.\\d{4}, before 0\\.0\\d{3}");
  }

  /**
   * Ten times the rows have more values, and are no alarm; three times the values among as many.
   */
  @Test
  void shouldSeeMoreDistinctValuesAmongAsManyRows() {
    List<Row> before = rows(1, ROWS, values(1000, 0));

    assertThat(kinds(after(before, rows(2, 10 * ROWS, values(1000, 0))))).isEmpty();
    assertThat(kinds(after(before, rows(2, 10 * ROWS, values(4000, 0)))))
        .contains(AlarmKind.CARDINALITY);
    assertThat(kinds(after(before, rows(2, ROWS, values(300, 0))))).contains(AlarmKind.CARDINALITY);
  }

  @Test
  void shouldSeeInformationComeAndGo() {
    List<Row> noise = rows(1, ROWS, values(10, 0));
    List<Row> signal = rows(2, ROWS, values(10, 0.4));

    assertThat(kinds(after(noise, signal)))
        .containsExactly(AlarmKind.INFORMATION_GAINED, AlarmKind.BECAME_SIGNAL);
    assertThat(kinds(after(signal, noise)))
        .containsExactly(AlarmKind.INFORMATION_LOST, AlarmKind.BECAME_NOISE);
  }

  @Test
  void shouldDescribeTheStateOfTheField() {
    FieldWindow now =
        window(
            7,
            List.of(
                new Row("b", true),
                new Row("b", false),
                new Row("a", true),
                new Row("c", false),
                new Row(null, false)),
            null);

    assertThat(now.getRank().getRows()).isEqualTo(5);
    assertThat(now.getRank().getMissing()).isEqualTo(1);
    assertThat(now.getRank().getCoverage()).isEqualTo(0.8);
    assertThat(now.getRank().getCardinality()).isEqualTo(3);
    assertThat(now.getRank().getRareValues()).isEqualTo(2);
    assertThat(now.getRank().getMostFrequent())
        .extracting(value -> value.getValue() + "=" + value.getRows())
        .containsExactly("b=2", "a=1", "c=1");
    assertThat(now.getRank().getDrift()).isNull();
    assertThat(now.getDecayed().getRows()).isEqualTo(5);
  }
}
