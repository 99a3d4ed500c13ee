package dev.millrace.features.labels;

import dev.millrace.schemas.PendingClick;
import dev.millrace.schemas.PendingLabel;
import dev.millrace.schemas.Received;
import java.util.ArrayList;
import java.util.List;

/**
 * The label join of one impression id. All times are event times in milliseconds since the epoch.
 *
 * <p>An impression waits until no click can reach it any more, {@code timestamp + window +
 * allowedLateness}, and is then labelled, once. A click that is first waits as long for its
 * impression. A labelled impression is remembered as long again, for repeats of it that carry a
 * later timestamp; older repeats are late. So every state ends.
 */
public final class LabelJoin {

  /** What became of a record. */
  public enum Verdict {
    /** It waits for its label, or counts for it. */
    JOINED,
    /** It is here already. */
    DUPLICATE,
    /** It is behind the watermark by more than the allowed lateness. */
    LATE,
    /** It is a click that came after the attribution window of its impression. */
    OUTSIDE_WINDOW
  }

  private final Attribution attribution;

  public LabelJoin(Attribution attribution) {
    this.attribution = attribution;
  }

  /** State for an id of which nothing is known yet. */
  public static PendingLabel newState() {
    return new PendingLabel(null, new ArrayList<>(), null);
  }

  /** Takes an impression in. */
  public Verdict addImpression(PendingLabel state, Received impression, long watermark) {
    if (attribution.isLate(impression.getTimestamp(), watermark)) {
      return Verdict.LATE;
    }
    if (state.getImpression() != null || state.getClosedImpressionTimestamp() != null) {
      return Verdict.DUPLICATE;
    }
    state.setImpression(impression);
    return Verdict.JOINED;
  }

  /** Takes a click in, before or after its impression. */
  public Verdict addClick(PendingLabel state, String clickId, Received click, long watermark) {
    long timestamp = click.getTimestamp();
    if (attribution.isLate(timestamp, watermark)) {
      return Verdict.LATE;
    }
    Long closed = state.getClosedImpressionTimestamp();
    if (closed != null) {
      return isInWindow(timestamp, closed) ? Verdict.LATE : Verdict.OUTSIDE_WINDOW;
    }
    for (PendingClick pending : state.getClicks()) {
      if (pending.getClickId().equals(clickId)) {
        return Verdict.DUPLICATE;
      }
    }
    state.getClicks().add(new PendingClick(clickId, click));
    return Verdict.JOINED;
  }

  /** The time at which {@link #advance} must be called for a record that joined. */
  public long timerFor(Received record) {
    return record.getTimestamp() + attribution.waitMillis();
  }

  /** Does what is due at a time: labels, gives up clicks without an impression, forgets. */
  public Due advance(PendingLabel state, long time) {
    Due due = new Due();
    if (state.getImpression() != null) {
      if (timerFor(state.getImpression()) <= time) {
        close(state, due);
      }
    } else if (state.getClosedImpressionTimestamp() == null) {
      giveUpClicks(state, time, due);
    } else if (forgetTime(state) <= time) {
      state.setClosedImpressionTimestamp(null);
    }
    if (state.getClosedImpressionTimestamp() != null) {
      due.nextTimer = forgetTime(state);
    }
    due.stateIsEmpty =
        state.getImpression() == null
            && state.getClicks().isEmpty()
            && state.getClosedImpressionTimestamp() == null;
    return due;
  }

  private void close(PendingLabel state, Due due) {
    Received impression = state.getImpression();
    long firstClick = Long.MAX_VALUE;
    int clicks = 0;
    for (PendingClick pending : state.getClicks()) {
      long timestamp = pending.getReceived().getTimestamp();
      if (isInWindow(timestamp, impression.getTimestamp())) {
        clicks++;
        firstClick = Math.min(firstClick, timestamp);
      } else {
        due.outsideWindow.add(pending.getReceived());
      }
    }
    due.label = new Label(impression, clicks, clicks == 0 ? null : firstClick);
    state.getClicks().clear();
    state.setImpression(null);
    state.setClosedImpressionTimestamp(impression.getTimestamp());
  }

  private void giveUpClicks(PendingLabel state, long time, Due due) {
    List<PendingClick> waiting = new ArrayList<>();
    for (PendingClick pending : state.getClicks()) {
      if (timerFor(pending.getReceived()) <= time) {
        due.withoutImpression.add(pending.getReceived());
      } else {
        waiting.add(pending);
      }
    }
    // Avro's own lists, of which state that was stored is made, do not remove by iterator.
    state.setClicks(waiting);
  }

  /** Clocks differ: a click that claims to be before its impression counts. */
  private boolean isInWindow(long click, long impression) {
    return click <= impression + attribution.windowMillis();
  }

  private long forgetTime(PendingLabel state) {
    return state.getClosedImpressionTimestamp() + 2 * attribution.waitMillis();
  }

  /**
   * An impression with its label.
   *
   * @param clicks distinct clicks inside the window
   * @param firstClick event time of the first of them, null without any
   */
  public record Label(Received impression, int clicks, Long firstClick) {}

  /** What was due at a time. */
  public static final class Due {

    private final List<Received> withoutImpression = new ArrayList<>();
    private final List<Received> outsideWindow = new ArrayList<>();
    private Label label;
    private Long nextTimer;
    private boolean stateIsEmpty;

    private Due() {}

    /** The label, or null if none was due. */
    public Label label() {
      return label;
    }

    /** Clicks whose impression did not come. */
    public List<Received> withoutImpression() {
      return withoutImpression;
    }

    /** Clicks after the window of their impression. */
    public List<Received> outsideWindow() {
      return outsideWindow;
    }

    /** When to advance again on top of the timers of the records, or null. */
    public Long nextTimer() {
      return nextTimer;
    }

    /** Whether the state can be dropped. */
    public boolean stateIsEmpty() {
      return stateIsEmpty;
    }
  }
}
