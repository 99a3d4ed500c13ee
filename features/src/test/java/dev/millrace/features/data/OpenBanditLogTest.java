package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.Click;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenBanditLogTest {
  private static final long SEED = 20191124;

  @TempDir Path root;

  @Test
  void shouldGiveWhatALineHolds() throws IOException {
    OpenBanditFiles.write(root, "random", "men", OpenBanditFiles.row("00:03:13.442536", 1, 1));

    LoggedInteraction interaction = readAll(3).get(0);

    var impression = interaction.impression();
    assertThat(impression.getImpressionId()).isEqualTo("random/men/2");
    assertThat(impression.getItemId()).isEqualTo("men/1");
    assertThat(impression.getTimestamp()).isEqualTo(Instant.parse("2019-11-24T00:03:13.442Z"));
    assertThat(impression.getPosition()).isEqualTo(2);
    assertThat(impression.getPropensity()).isEqualTo(0.25);
    assertThat(impression.getRelease()).isNull();
    assertThat(impression.getCatalogFingerprint()).isNull();
    assertThat(impression.getFeatures())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("policy", "random"),
                Map.entry("campaign", "men"),
                Map.entry("user_feature_0", "u0"),
                Map.entry("user_feature_1", "u1"),
                Map.entry("user_feature_2", "u2"),
                Map.entry("user_feature_3", "u3"),
                Map.entry("item_feature_0", 0.25),
                Map.entry("item_feature_1", "d"),
                Map.entry("item_feature_2", "e"),
                Map.entry("item_feature_3", "f"),
                Map.entry("user_item_affinity", 4.0)));
  }

  @Test
  void shouldSplitTheClickOffAsAnEventOfItsOwn() throws IOException {
    OpenBanditFiles.write(
        root,
        "random",
        "men",
        OpenBanditFiles.row("00:03:13", 1, 1),
        OpenBanditFiles.row("00:03:14", 1, 0));

    List<LoggedInteraction> interactions = readAll(1);

    Click click = interactions.get(0).click().orElseThrow();
    var impression = interactions.get(0).impression();
    assertThat(click.getImpressionId()).isEqualTo(impression.getImpressionId());
    assertThat(click.getUserId()).isEqualTo(impression.getUserId());
    assertThat(click.getItemId()).isEqualTo("men/1");
    assertThat(Duration.between(impression.getTimestamp(), click.getTimestamp()))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60).minusMillis(1));
    assertThat(interactions.get(1).click()).isEmpty();
  }

  @Test
  void shouldAskForTheShownItemAmongOthersWithTheirOwnAffinity() throws IOException {
    OpenBanditFiles.write(root, "bts", "women", OpenBanditFiles.row("00:03:13", 1, 1));

    LoggedInteraction interaction = readAll(10).get(0);

    var request = interaction.request();
    assertThat(request.getRequestId()).isEqualTo(interaction.impression().getRequestId());
    assertThat(request.getTimestamp()).isEqualTo(interaction.impression().getTimestamp());
    assertThat(request.getSlots()).isZero();
    assertThat(request.getContext())
        .containsOnlyKeys(
            "policy",
            "campaign",
            "user_feature_0",
            "user_feature_1",
            "user_feature_2",
            "user_feature_3");
    assertThat(request.getCandidates())
        .extracting(Candidate::getItemId)
        .containsExactlyInAnyOrder("women/0", "women/1", "women/2");
    assertThat(request.getCandidates())
        .allSatisfy(
            candidate ->
                assertThat(candidate.getFeatures())
                    .containsEntry(
                        "user_item_affinity",
                        Map.of("women/0", 0.0, "women/1", 4.0, "women/2", 1.0)
                            .get(candidate.getItemId())));
  }

  @Test
  void shouldMergeTheLogsByTimeInTheMicrosecondsOfTheFiles() throws IOException {
    OpenBanditFiles.write(
        root,
        "bts",
        "men",
        OpenBanditFiles.row("00:00:01.000002", 0, 0),
        OpenBanditFiles.row("00:00:03", 0, 0));
    OpenBanditFiles.write(
        root,
        "random",
        "women",
        OpenBanditFiles.row("00:00:01.000001", 0, 0),
        OpenBanditFiles.row("00:00:01.000002", 0, 0),
        OpenBanditFiles.row("00:00:02", 0, 0));

    assertThat(readAll(1))
        .extracting(interaction -> interaction.impression().getImpressionId())
        .containsExactly(
            "random/women/2", "bts/men/2", "random/women/3", "random/women/4", "bts/men/3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2019-11-24 00:00:01|noon|timestamp must be like 2019-11-24 00:03:24.688993+00:00, found",
        "2019-11-24 00:00:01|2019-11-23 23:59:59|timestamp must not be before 2019-11-24T00:00:00Z",
        "00,2,2|00,3,2|item_id must be an integer in [0, 2], found \"3\"",
        "2,2,0,0.25|2,0,0,0.25|position must be an integer in [1, 2147483647], found \"0\"",
        "2,2,0,0.25|2,2,2,0.25|click must be an integer in [0, 1], found \"2\"",
        "0.25|0|propensity_score must be in (0,1], found \"0.0\"",
        "0.25|NaN|propensity_score must be a finite number, found \"NaN\"",
        "4.0,1.0|4.0|cells must be 13, found \"12\"",
        "4.0,1.0|4.0,x|user-item_affinity must be a finite number, found \"x\"",
      })
  void shouldNameFileLineRuleAndValueOfAMalformedLine(String sound, String broken, String message)
      throws IOException {
    String line = OpenBanditFiles.row("00:00:01", 2, 0);
    assertThat(line).contains(sound);
    OpenBanditFiles.write(
        root, "random", "men", OpenBanditFiles.row("00:00:00", 0, 0), line.replace(sound, broken));

    try (InteractionIterator interactions = new OpenBanditLog(root).open(3, SEED)) {
      assertThat(interactions.next().impression().getImpressionId()).isEqualTo("random/men/2");
      assertThatThrownBy(interactions::next)
          .isInstanceOf(DataSetException.class)
          .hasMessageStartingWith(root.resolve("random/men/men.csv") + ":3: " + message);
    }
  }

  @Test
  void shouldRefuseAFolderWithoutALog() {
    assertThatThrownBy(() -> new OpenBanditLog(root))
        .isInstanceOf(DataSetException.class)
        .hasMessage(root + ": must hold a log such as random/men/men.csv");
  }

  @Test
  void shouldRefuseALogWithoutItsItems() throws IOException {
    OpenBanditFiles.write(root, "random", "men");
    Path items = root.resolve("random/men/item_context.csv");
    Files.delete(items);

    assertThatThrownBy(() -> new OpenBanditLog(root)).hasMessage(items + ": file must exist");
  }

  @Test
  void shouldRefuseItemsOutOfOrder() throws IOException {
    OpenBanditFiles.write(root, "random", "men");
    Path items = root.resolve("random/men/item_context.csv");
    Files.writeString(items, OpenBanditFiles.ITEMS.replace("1,1,", "1,7,"));

    assertThatThrownBy(() -> new OpenBanditLog(root))
        .hasMessage(items + ":3: item_id of the row must be an integer in [1, 1], found \"7\"");
  }

  @Test
  void shouldRefuseALogThatLacksAColumn() throws IOException {
    OpenBanditFiles.write(root, "random", "men");
    Path log = root.resolve("random/men/men.csv");
    Files.writeString(log, OpenBanditFiles.HEADER.replace("click", "clicked") + "\n");

    OpenBanditLog openBandit = new OpenBanditLog(root);

    assertThatThrownBy(() -> openBandit.open(1, SEED))
        .hasMessage(log + ": header must have a column click");
  }

  @Test
  void shouldRefuseRequestsWithoutCandidates() throws IOException {
    OpenBanditFiles.write(root, "random", "men");
    OpenBanditLog log = new OpenBanditLog(root);

    assertThatThrownBy(() -> log.open(0, SEED))
        .hasMessage("candidatesPerRequest must be >= 1, found 0");
  }

  private List<LoggedInteraction> readAll(int candidatesPerRequest) throws IOException {
    List<LoggedInteraction> interactions = new ArrayList<>();
    try (InteractionIterator iterator = new OpenBanditLog(root).open(candidatesPerRequest, SEED)) {
      iterator.forEachRemaining(interactions::add);
    }
    return interactions;
  }
}
