package dev.millrace.features.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a tree. Every node is its type, its length and its content, and a double is its
 * bits, so that no text form of a number, which differs between JDK versions, takes part.
 */
final class Fingerprint {
  /** Form of what is digested, and the hash function that turns values into embedding rows. */
  private static final String PREFACE = "millrace-catalog-1 siphash-2-4";

  private final MessageDigest digest;

  private Fingerprint(MessageDigest digest) {
    this.digest = digest;
  }

  static String of(JsonNode tree) {
    try {
      Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
      fingerprint.text(PREFACE);
      fingerprint.node(tree);
      return HexFormat.of().formatHex(fingerprint.digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256, found none", e);
    }
  }

  private void node(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        header('o', node.size());
        node.properties()
            .forEach(
                entry -> {
                  text(entry.getKey());
                  node(entry.getValue());
                });
      }
      case ARRAY -> {
        header('a', node.size());
        node.forEach(this::node);
      }
      case STRING -> text(node.textValue());
      case NUMBER -> {
        if (node.isIntegralNumber()) {
          header('i', node.longValue());
        } else {
          header('d', Double.doubleToLongBits(node.doubleValue()));
        }
      }
      default ->
          throw new IllegalStateException(
              "a catalogue must hold objects, lists, texts and numbers, found "
                  + node.getNodeType());
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    header('s', bytes.length);
    digest.update(bytes);
  }

  private void header(char type, long content) {
    digest.update((byte) type);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(content).array());
  }
}
