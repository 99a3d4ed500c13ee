package dev.millrace.features.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.labels.LabelJoin.Label;
import dev.millrace.features.labels.LabelJoin.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LabelJoinTest {

  private static final Duration WINDOW = Duration.ofMinutes(30);
  private static final Duration LATENESS = Duration.ofMinutes(5);

  private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  private static final long ONE_MINUTE_LATER = NOON + Duration.ofMinutes(1).toMillis();
  private static final long TWO_MINUTES_LATER = NOON + Duration.ofMinutes(2).toMillis();
  private static final long WINDOW_END = NOON + WINDOW.toMillis();
  private static final long LABEL_TIME = WINDOW_END + LATENESS.toMillis();
  private static final long FORGOTTEN = LABEL_TIME + (LABEL_TIME - NOON);

  private final Arrivals arrivals = new Arrivals(new Attribution(WINDOW, LATENESS));

  @AfterEach
  void shouldForgetEverythingInTheEnd() {
    arrivals.watermark(Long.MAX_VALUE);
    assertThat(arrivals.isEmpty()).isTrue();
  }

  private Label onlyLabel() {
    arrivals.watermark(LABEL_TIME);
    assertThat(arrivals.labels).hasSize(1);
    return arrivals.labels.get(0);
  }

  @Test
  void shouldLabelAnImpressionWithoutAClick() {
    arrivals.impression(NOON);

    Label label = onlyLabel();

    assertThat(label.clicks()).isZero();
    assertThat(label.firstClick()).isNull();
    assertThat(label.impression().getTimestamp()).isEqualTo(NOON);
  }

  @Test
  void shouldNotLabelWhileALateClickCouldStillCome() {
    arrivals.impression(NOON);

    arrivals.watermark(LABEL_TIME - 1);

    assertThat(arrivals.labels).isEmpty();
    assertThat(onlyLabel().clicks()).isZero();
  }

  @Test
  void shouldAttachAClick() {
    arrivals.impression(NOON);
    arrivals.click("c1", ONE_MINUTE_LATER);

    Label label = onlyLabel();

    assertThat(label.clicks()).isEqualTo(1);
    assertThat(label.firstClick()).isEqualTo(ONE_MINUTE_LATER);
  }

  @Test
  void shouldAttachTheClickThatArrivesBeforeItsImpression() {
    arrivals.click("c1", ONE_MINUTE_LATER);
    arrivals.impression(NOON);

    assertThat(onlyLabel().clicks()).isEqualTo(1);
    assertThat(arrivals.withoutImpression).isEmpty();
  }

  @Test
  void shouldAttachAClickWhoseClockIsBehind() {
    arrivals.impression(ONE_MINUTE_LATER);
    arrivals.click("c1", NOON);
    arrivals.watermark(LABEL_TIME + ONE_MINUTE_LATER - NOON);

    assertThat(arrivals.labels).singleElement().extracting(Label::clicks).isEqualTo(1);
  }

  @Test
  void shouldCountSeveralClicksAndTellTheFirst() {
    arrivals.impression(NOON);
    arrivals.click("c1", TWO_MINUTES_LATER);
    arrivals.click("c2", ONE_MINUTE_LATER);

    Label label = onlyLabel();

    assertThat(label.clicks()).isEqualTo(2);
    assertThat(label.firstClick()).isEqualTo(ONE_MINUTE_LATER);
  }

  @Test
  void shouldCountARepeatedClickOnce() {
    arrivals.impression(NOON);
    arrivals.click("c1", ONE_MINUTE_LATER);

    assertThat(arrivals.click("c1", ONE_MINUTE_LATER)).isEqualTo(Verdict.DUPLICATE);
    assertThat(arrivals.click("c1", TWO_MINUTES_LATER)).isEqualTo(Verdict.DUPLICATE);
    assertThat(onlyLabel().clicks()).isEqualTo(1);
  }

  @Test
  void shouldLabelARepeatedImpressionOnce() {
    arrivals.impression(NOON);

    assertThat(arrivals.impression(NOON)).isEqualTo(Verdict.DUPLICATE);
    assertThat(arrivals.impression(ONE_MINUTE_LATER)).isEqualTo(Verdict.DUPLICATE);
    assertThat(onlyLabel().impression().getTimestamp()).isEqualTo(NOON);
  }

  @Test
  void shouldRememberALabelledImpressionForRepeatsWithALaterTimestamp() {
    arrivals.impression(NOON);
    arrivals.watermark(FORGOTTEN - 1);

    assertThat(arrivals.impression(FORGOTTEN)).isEqualTo(Verdict.DUPLICATE);
    assertThat(arrivals.labels).hasSize(1);
  }

  @Test
  void shouldForgetALabelledImpressionInTheEnd() {
    arrivals.impression(NOON);
    arrivals.watermark(FORGOTTEN);

    assertThat(arrivals.isEmpty()).isTrue();
  }

  @Test
  void shouldCountAClickAtTheEndOfTheWindowButNotAfterIt() {
    arrivals.impression(NOON);
    arrivals.click("c1", WINDOW_END);
    arrivals.click("c2", WINDOW_END + 1);

    assertThat(onlyLabel().clicks()).isEqualTo(1);
    assertThat(arrivals.outsideWindow)
        .singleElement()
        .satisfies(click -> assertThat(click.getTimestamp()).isEqualTo(WINDOW_END + 1));
  }

  @Test
  void shouldRefuseAClickAfterTheLabel() {
    arrivals.impression(NOON);
    arrivals.watermark(LABEL_TIME);

    assertThat(arrivals.click("c1", WINDOW_END)).isEqualTo(Verdict.LATE);
    assertThat(arrivals.click("c2", WINDOW_END + 1)).isEqualTo(Verdict.OUTSIDE_WINDOW);
    assertThat(arrivals.labels).singleElement().extracting(Label::clicks).isEqualTo(0);
  }

  @Test
  void shouldTakeARecordAsLateAsAllowedAndNoLater() {
    arrivals.watermark(NOON + LATENESS.toMillis());

    assertThat(arrivals.impression(NOON - 1)).isEqualTo(Verdict.LATE);
    assertThat(arrivals.impression(NOON)).isEqualTo(Verdict.JOINED);
    assertThat(arrivals.click("c1", NOON - 1)).isEqualTo(Verdict.LATE);
    assertThat(arrivals.click("c2", NOON)).isEqualTo(Verdict.JOINED);
    assertThat(onlyLabel().clicks()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpAClickWhoseImpressionDoesNotCome() {
    arrivals.click("c1", NOON);

    arrivals.watermark(LABEL_TIME - 1);
    assertThat(arrivals.withoutImpression).isEmpty();
    arrivals.watermark(LABEL_TIME);

    assertThat(arrivals.withoutImpression).hasSize(1);
    assertThat(arrivals.labels).isEmpty();
    assertThat(arrivals.isEmpty()).isTrue();
  }

  @Test
  void shouldGiveUpEachClickAtItsOwnTime() {
    arrivals.click("c1", NOON);
    arrivals.click("c2", ONE_MINUTE_LATER);
    arrivals.watermark(LABEL_TIME);
    arrivals.impression(ONE_MINUTE_LATER + WINDOW.toMillis());

    arrivals.watermark(Long.MAX_VALUE);

    assertThat(arrivals.withoutImpression)
        .singleElement()
        .satisfies(click -> assertThat(click.getTimestamp()).isEqualTo(NOON));
    assertThat(arrivals.labels).singleElement().extracting(Label::clicks).isEqualTo(1);
  }

  @Test
  void shouldRefuseAWindowOfNothing() {
    assertThatThrownBy(() -> new Attribution(Duration.ZERO, LATENESS))
        .hasMessage("attribution-window must be >= 1 ms, found 0 ms");
    assertThatThrownBy(() -> new Attribution(WINDOW, Duration.ofMillis(-1)))
        .hasMessage("allowed-lateness must be >= 0, found -1 ms");
  }
}
