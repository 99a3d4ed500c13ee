package dev.millrace.features.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.millrace.features.catalog.FeatureException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FeatureBinderTest {
  private final FeatureBinder binder = new FeatureBinder(ShopCatalog.get());

  @Test
  void shouldFillARowFromEverySource() {
    Object[] row = binder.newRow();
    binder.bindUser(
        row,
        "u1",
        Map.of("country", "SI", "age", 31L),
        Map.of("recent_clicks", List.of("i7", "i3")));
    binder.bindItem(
        row,
        "i1",
        Map.of("category", 12L, "price", 9.5, "genres", "Drama"),
        Map.of("item_ctr", 0.02, "item_impressions", 40L));

    assertThat(row)
        .containsExactly(
            "u1", "i1", "SI", 12L, 9.5, 31L, List.of("Drama"), 0.02, List.of("i7", "i3"));
  }

  @Test
  void shouldBindAgainWhatItLogged() {
    Object[] row = {"u1", "i1", null, "shoes", 9.5, 31L, List.of("a", "b"), null, List.of("i7")};

    Map<String, Object> logged = binder.toMap(row);

    assertThat(logged).containsOnlyKeys("category", "price", "age", "genres", "recent_clicks");
    assertThat(binder.bindLogged("u1", "i1", logged)).containsExactly(row);
  }

  @Test
  void shouldOverwriteTheValuesOfTheCandidateBefore() {
    Object[] row = binder.newRow();
    binder.bindItem(row, "i1", Map.of("price", 9.5), Map.of("item_ctr", 0.02));
    binder.bindItem(row, "i2", Map.of(), Map.of());

    assertThat(row).containsExactly(null, "i2", null, null, null, null, null, null, null);
  }

  @Test
  void shouldKeepTheFirstValuesOfALongList() {
    Object[] row = binder.newRow();
    binder.bindItem(row, "i1", Map.of("genres", List.of("a", "b", "c", "d")), Map.of());

    assertThat(row[6]).isEqualTo(List.of("a", "b", "c"));
  }

  @Test
  void shouldTakeAnEmptyListAsMissing() {
    Object[] row = binder.newRow();
    binder.bindItem(row, "i1", Map.of("genres", List.of()), Map.of());

    assertThat(row[6]).isNull();
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        arguments(Map.of("colour", "red"), Reason.UNKNOWN_FIELD, "colour", "red"),
        arguments(Map.of("user", "u2"), Reason.WRONG_SOURCE, "user", "u2"),
        arguments(Map.of("category", 1.5), Reason.WRONG_TYPE, "category", "Double 1.5"),
        arguments(Map.of("category", true), Reason.WRONG_TYPE, "category", "Boolean true"),
        arguments(Map.of("category", List.of("a")), Reason.WRONG_TYPE, "category", "[a]"),
        arguments(Map.of("price", "9.5"), Reason.WRONG_TYPE, "price", "String 9.5"),
        arguments(Map.of("price", Double.NaN), Reason.NOT_FINITE, "price", "NaN"),
        arguments(
            Map.of("price", Double.NEGATIVE_INFINITY), Reason.NOT_FINITE, "price", "-Infinity"),
        arguments(Map.of("genres", List.of("a", 1L)), Reason.WRONG_TYPE, "genres", "Long 1"),
        arguments(Map.of("genres", 3L), Reason.WRONG_TYPE, "genres", "Long 3"),
        arguments(Map.of("c\nd", "x".repeat(10_000)), Reason.UNKNOWN_FIELD, "c\nd", "xxx..."));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void shouldRefuseWhatDoesNotFit(
      Map<String, Object> features, Reason reason, String field, String found) {
    FeatureException thrown =
        catchThrowableOfType(FeatureException.class, () -> binder.bindLogged("u1", "i1", features));

    assertThat(thrown.reason()).isEqualTo(reason);
    assertThat(thrown.field()).isEqualTo(field);
    assertThat(thrown).hasMessageContaining("must").hasMessageContaining(found);
    assertThat(thrown.getMessage()).hasSizeLessThan(300).doesNotContain("\n");
  }

  @Test
  void shouldRefuseAnItemFieldInTheContext() {
    FeatureException thrown =
        catchThrowableOfType(
            FeatureException.class,
            () -> binder.bindUser(binder.newRow(), "u1", Map.of("price", 1.0), Map.of()));

    assertThat(thrown).hasMessage("price must come from item only, found 1.0");
    assertThat(thrown.reason()).isEqualTo(Reason.WRONG_SOURCE);
  }

  @Test
  void shouldRefuseAStreamingFeatureOfTheOtherEntity() {
    Map<String, Object> itemValues = new HashMap<>(Map.of("item_ctr", 0.5));
    FeatureException thrown =
        catchThrowableOfType(
            FeatureException.class,
            () -> binder.bindUser(binder.newRow(), "u1", Map.of(), itemValues));

    assertThat(thrown.reason()).isEqualTo(Reason.WRONG_SOURCE);
  }
}
