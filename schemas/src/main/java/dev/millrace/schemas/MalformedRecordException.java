package dev.millrace.schemas;

/** A Kafka value that is no record of its topic, and where it was read. */
public final class MalformedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String topic;
  private final int partition;
  private final long offset;

  public MalformedRecordException(
      String topic, int partition, long offset, String reason, Throwable cause) {
    super("%s/%d@%d: %s".formatted(topic, partition, offset, reason), cause);
    this.reason = reason;
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }

  /** Why it is malformed, without the place. */
  public String reason() {
    return reason;
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }
}
