package dev.millrace.jobs.io;

import java.io.Serializable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a stage takes of a record that it reads, once the record passes the rules of its topic.
 *
 * @param <T> the record of the topic
 * @param <R> what the stage works on
 */
@FunctionalInterface
public interface Intake<T extends SpecificRecord, R> extends Serializable {

  /**
   * Checks a record.
   *
   * @param record the decoded value; null for the end of a key of a compacted topic
   * @param origin where it was read
   * @throws RejectedRecordException if it breaks a rule; it becomes a dead letter
   */
  R take(T record, ConsumerRecord<byte[], byte[]> origin) throws RejectedRecordException;
}
