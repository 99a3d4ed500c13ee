package dev.millrace.jobs.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Counts dead letters by topic and reason. */
final class DeadLetterTally {

  private final Map<String, Reason> reasons = new TreeMap<>();

  synchronized void add(ConsumerRecord<byte[], byte[]> letter) {
    String topic = error(letter, "topic");
    String errorClass = error(letter, "class");
    String message = error(letter, "message");
    reasons.merge(
        topic + " " + errorClass,
        new Reason(topic, errorClass, 1, message),
        (before, one) -> before.withOneMore());
  }

  private static String error(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader("millrace.errors." + name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  synchronized List<Reason> reasons() {
    return new ArrayList<>(reasons.values());
  }

  /**
   * Dead letters of one topic for one reason.
   *
   * @param example the message of the first of them
   */
  record Reason(String topic, String errorClass, long count, String example) {
    private Reason withOneMore() {
      return new Reason(topic, errorClass, count + 1, example);
    }
  }
}
