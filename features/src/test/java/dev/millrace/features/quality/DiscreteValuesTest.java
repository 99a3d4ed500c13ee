package dev.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.ShopCatalog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DiscreteValuesTest {

  private static final FeatureCatalog SHOP = ShopCatalog.get();
  private static final DiscreteValues VALUES = new DiscreteValues(SHOP);

  private static String genres(String... genres) {
    Object[] row = new Object[SHOP.fields().size()];
    row[SHOP.ordinal("genres")] = List.of(genres);
    return VALUES.of(row).get(SHOP.ordinal("genres"));
  }

  @Test
  void shouldCountNumbersByBucketAndListsAsAWhole() {
    Object[] row = new Object[SHOP.fields().size()];
    row[SHOP.ordinal("user")] = 17L;
    row[SHOP.ordinal("age")] = 20.5;
    row[SHOP.ordinal("genres")] = List.of("drama", "war");

    List<String> discrete = VALUES.of(row);

    assertThat(discrete.get(SHOP.ordinal("user"))).isEqualTo("17");
    assertThat(discrete.get(SHOP.ordinal("age"))).isEqualTo("1");
    assertThat(discrete.get(SHOP.ordinal("genres"))).isEqualTo("drama,war");
    assertThat(discrete.get(SHOP.ordinal("country"))).isNull();
  }

  @Test
  void shouldTellEveryListFromEveryOther() {
    Set<String> joined = new HashSet<>();
    List<String> elements = List.of("", "a", ",", "\\", "a,", "\\,");
    for (String first : elements) {
      joined.add(genres(first));
      for (String second : elements) {
        joined.add(genres(first, second));
      }
    }
    assertThat(joined).hasSize(elements.size() * (elements.size() + 1));
  }

  @Test
  void shouldRefuseBoundariesThatAreNotFitted() {
    FeatureCatalog unfitted = ShopCatalog.with("boundaries: [18, 25, 35]", "buckets: 4");

    assertThatThrownBy(() -> new DiscreteValues(unfitted))
        .hasMessage(
            "catalogue shop must have fitted bucketings before ranking, found some" + " unfitted");
  }
}
