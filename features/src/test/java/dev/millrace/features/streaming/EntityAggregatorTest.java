package dev.millrace.features.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EntityAggregatorTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long NOON = Duration.ofDays(20_000).plusHours(12).toMillis();

  private final FeatureCatalog catalog =
      FeatureCatalog.parse(
          """
          name: shop
          embedding: {kind: unified, buckets: 64, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
          streaming:
            - {name: ctr, kind: rate, entity: item, window: 6h, buckets: 6, prior: {clicks: 1, impressions: 4}}
            - {name: shown, kind: counter, entity: item, event: impression, window: 1h, buckets: 4}
            - {name: visitors, kind: history, entity: item, event: click, size: 2, retention: 2h}
            - {name: recent, kind: history, entity: user, event: click, size: 3}
          """,
          "shop.yaml");
  private final EntityAggregator items = new EntityAggregator(catalog, Entity.ITEM);
  private final EntityState state = items.newState();

  @Test
  void shouldStartFromThePriorAndZero() {
    assertThat(items.values(state, NOON))
        .isEqualTo(Map.of("ctr", 0.25, "shown", 0L, "visitors", List.of()));
    assertThat(items.nextExpiry(state)).isEmpty();
    assertThat(items.isEmpty(state)).isTrue();
  }

  @Test
  void shouldCountSmoothAndRemember() {
    items.add(state, impression(NOON, "u1"));
    items.add(state, impression(NOON + MINUTE, "u2"));
    items.add(state, click(NOON + 2 * MINUTE, "u2"));

    assertThat(items.values(state, NOON + 2 * MINUTE))
        .isEqualTo(Map.of("ctr", 2.0 / 6, "shown", 2L, "visitors", List.of("u2")));
    assertThat(state.getAsOf()).isEqualTo(NOON + 2 * MINUTE);
  }

  /** Four slices of 15 minutes: an event at 12:14 is in the window until the slice of 13:00. */
  @Test
  void shouldSlideByWholeBuckets() {
    items.add(state, impression(NOON + 14 * MINUTE, "u1"));

    assertThat(items.nextExpiry(state)).hasValue(NOON + HOUR);
    assertThat(items.values(state, NOON + HOUR - 1)).containsEntry("shown", 1L);
    assertThat(items.values(state, NOON + HOUR)).containsEntry("shown", 0L);
  }

  @Test
  void shouldCountAnEventThatArrivesLateInsideTheWindow() {
    items.add(state, impression(NOON + 30 * MINUTE, "u1"));
    assertThat(items.add(state, impression(NOON, "u2"))).isTrue();

    assertThat(items.values(state, NOON + 30 * MINUTE)).containsEntry("shown", 2L);
    assertThat(state.getAsOf()).isEqualTo(NOON + 30 * MINUTE);
  }

  @Test
  void shouldNotCountAnEventOlderThanEveryWindow() {
    items.add(state, impression(NOON, "u1"));
    EntityState before = EntityState.newBuilder(state).build();

    assertThat(items.add(state, impression(NOON - 6 * HOUR, "u2"))).isFalse();
    assertThat(state).isEqualTo(before);
  }

  @Test
  void shouldCountAnOldEventWhereAWiderWindowStillHoldsIt() {
    items.add(state, impression(NOON, "u1"));

    assertThat(items.add(state, impression(NOON - 5 * HOUR, "u2"))).isTrue();
    assertThat(items.values(state, NOON)).containsEntry("ctr", 1.0 / 6).containsEntry("shown", 1L);
  }

  @Test
  void shouldTakeAnEventThatNoFeatureWants() {
    EntityAggregator users = new EntityAggregator(catalog, Entity.USER);
    EntityState user = users.newState();

    assertThat(users.add(user, new EntityEvent("user", "u1", false, NOON, "u1", "i1"))).isTrue();
    assertThat(users.isEmpty(user)).isTrue();
  }

  @Test
  void shouldKeepTheNewestOfAHistoryAndForgetThemByAge() {
    items.add(state, click(NOON + MINUTE, "u2"));
    items.add(state, click(NOON, "u1"));
    items.add(state, click(NOON + 2 * MINUTE, "u3"));

    assertThat(items.values(state, NOON + 2 * MINUTE))
        .containsEntry("visitors", List.of("u3", "u2"));
    assertThat(items.values(state, NOON + 2 * HOUR + MINUTE))
        .containsEntry("visitors", List.of("u3"));
  }

  @Test
  void shouldRememberItemsOfAUser() {
    EntityAggregator users = new EntityAggregator(catalog, Entity.USER);
    EntityState user = users.newState();
    users.add(user, new EntityEvent("user", "u1", true, NOON, "u1", "i1"));

    assertThat(users.values(user, NOON)).isEqualTo(Map.of("recent", List.of("i1")));
  }

  @Test
  void shouldReturnToZeroByItsTimers() {
    items.add(state, impression(NOON, "u1"));
    items.add(state, click(NOON + MINUTE, "u1"));
    int timers = 0;
    while (items.nextExpiry(state).isPresent()) {
      items.expire(state, items.nextExpiry(state).getAsLong());
      timers++;
    }

    assertThat(timers).isEqualTo(3);
    assertThat(items.isEmpty(state)).isTrue();
    assertThat(state.getCounts()).isEmpty();
    assertThat(state.getHistories()).isEmpty();
  }

  @Test
  void shouldRefuseAnEventOfAnotherEntity() {
    assertThatThrownBy(
            () -> items.add(state, new EntityEvent("user", "u1", true, NOON, "u1", "i1")))
        .hasMessage("entity must be item, found user");
  }

  private static EntityEvent impression(long timestamp, String user) {
    return new EntityEvent("item", "i1", false, timestamp, user, "i1");
  }

  private static EntityEvent click(long timestamp, String user) {
    return new EntityEvent("item", "i1", true, timestamp, user, "i1");
  }
}
