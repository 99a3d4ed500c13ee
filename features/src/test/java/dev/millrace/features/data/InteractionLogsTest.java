package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.Impression;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionLogsTest {
  private static final long SEED = 20260101;

  @Test
  void shouldRefuseAnUnknownFormat() {
    assertThatThrownBy(() -> InteractionLogs.open("netflix", Path.of("nowhere")))
        .isInstanceOf(DataSetException.class)
        .hasMessage("format must be one of open-bandit, movielens-1m, found \"netflix\"");
  }

  /** Counts of the files: wc, and awk '$4>0 &amp;&amp; $3!=3' over ratings.csv. */
  @ParameterizedTest
  @CsvSource({"open-bandit, 40000, 207", "movielens-1m, 360434, 279124"})
  void shouldReadTheRealLogOnceInEventTimeOrderWithFeaturesOfItsCatalogue(
      String format, int impressions, int clicks) throws IOException {
    InteractionLog log = InteractionLogs.open(format, SharedData.directory(format));
    FeatureBinder binder = new FeatureBinder(log.catalog());
    Set<String> ids = new HashSet<>();
    boolean inOrder = true;
    int clicked = 0;
    Instant previous = Instant.MIN;

    try (InteractionIterator interactions = log.open(5, SEED)) {
      while (interactions.hasNext()) {
        LoggedInteraction interaction = interactions.next();
        Impression impression = interaction.impression();
        ids.add(impression.getImpressionId());
        clicked += interaction.click().isPresent() ? 1 : 0;
        inOrder &= !impression.getTimestamp().isBefore(previous);
        previous = impression.getTimestamp();
        if (ids.size() % 16 == 0) {
          assertBinds(binder, interaction);
          assertCandidates(interaction, 5);
        }
      }
    }

    assertThat(inOrder).isTrue();
    assertThat(ids).hasSize(impressions);
    assertThat(clicked).isEqualTo(clicks);
  }

  /** Throws where a feature does not fit the catalogue, and where one of its fields stays empty. */
  private static void assertBinds(FeatureBinder binder, LoggedInteraction interaction) {
    Impression impression = interaction.impression();
    assertThat(
            binder.bindLogged(
                impression.getUserId(), impression.getItemId(), impression.getFeatures()))
        .doesNotContainNull();
    Object[] row = binder.newRow();
    var request = interaction.request();
    binder.bindUser(row, request.getUserId(), request.getContext(), Map.of());
    Candidate candidate = request.getCandidates().get(0);
    binder.bindItem(row, candidate.getItemId(), candidate.getFeatures(), Map.of());
    assertThat(row).doesNotContainNull();
  }

  private static void assertCandidates(LoggedInteraction interaction, int count) {
    List<String> ids =
        interaction.request().getCandidates().stream().map(Candidate::getItemId).toList();
    assertThat(ids).hasSize(count).doesNotHaveDuplicates();
    assertThat(ids).contains(interaction.impression().getItemId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"open-bandit", "movielens-1m"})
  void shouldReadTheSameTwice(String format) throws IOException {
    InteractionLog log = InteractionLogs.open(format, SharedData.directory(format));

    try (InteractionIterator first = log.open(5, SEED);
        InteractionIterator second = log.open(5, SEED)) {
      for (int i = 0; i < 5_000; i++) {
        assertThat(first.next()).isEqualTo(second.next());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open-bandit", "movielens-1m"})
  void shouldChangeOnlyTheDrawsWithTheSeed(String format) throws IOException {
    InteractionLog log = InteractionLogs.open(format, SharedData.directory(format));
    int sameCandidates = 0;

    try (InteractionIterator first = log.open(5, SEED);
        InteractionIterator second = log.open(5, SEED + 1)) {
      for (int i = 0; i < 1_000; i++) {
        LoggedInteraction one = first.next();
        LoggedInteraction other = second.next();
        assertThat(one.impression()).isEqualTo(other.impression());
        assertThat(one.click().isPresent()).isEqualTo(other.click().isPresent());
        sameCandidates += one.request().equals(other.request()) ? 1 : 0;
      }
    }
    assertThat(sameCandidates).isLessThan(5);
  }
}
