package dev.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicTest {

  @Test
  void shouldNameTopicsByDataSetAndVersion() {
    assertThat(Topic.all())
        .extracting(Topic::name)
        .containsExactly(
            "millrace.impressions.v1",
            "millrace.clicks.v1",
            "millrace.labelled-impressions.v1",
            "millrace.feature-values.v1",
            "millrace.feature-ranks.v1",
            "millrace.ranking-requests.v1",
            "millrace.rankings.v1",
            "millrace.models.v1");
    assertThat(Topic.CLICKS.deadLetterName()).isEqualTo("millrace.clicks.v1.dlq");
  }

  @Test
  void shouldKeyClicksLikeTheirImpressions() {
    Click click = new Click("c1", "i1", "u1", "shoe", java.time.Instant.EPOCH);
    Impression impression =
        Impression.newBuilder()
            .setImpressionId("i1")
            .setUserId("u1")
            .setItemId("shoe")
            .setTimestamp(java.time.Instant.EPOCH)
            .build();
    assertThat(Topic.CLICKS.keyOf(click)).isEqualTo(Topic.IMPRESSIONS.keyOf(impression));
  }
}
