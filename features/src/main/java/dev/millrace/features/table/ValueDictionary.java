package dev.millrace.features.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers the distinct values of a column from 0 in order of appearance. Values are compared byte
 * by byte: two never share a code.
 *
 * <p>A value of at most 7 bytes is its own key: its bytes and its length in one long. A longer one
 * has a hash for a key and its bytes in a store beside.
 */
final class ValueDictionary {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LONGEST_SHORT = 7;
  private static final int LENGTH_SHIFT = 56;

  /** Marks the key of a long value: no short one has this length. */
  private static final long LONG_VALUE = 0xFFL << LENGTH_SHIFT;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** At most half of the slots are taken. */
  private long[] slotKeys = new long[64];

  /** Code + 1; 0 where the slot is free. */
  private int[] slotCodes = new int[64];

  private int shift = Long.numberOfLeadingZeros(64) + 1;
  private long[] keys = new long[32];
  private int size;

  /** Where the bytes of a long value start and, at the next index, end; by code. */
  private long[] stored = new long[0];

  private byte[] store = new byte[0];
  private long storeEnd;

  /** Distinct values. */
  int size() {
    return size;
  }

  /** Code of a value, a new one if it has not been seen. */
  int code(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length > LONGEST_SHORT) {
      return longCode(bytes, start, end);
    }
    long key = shortKey((long) LONGS.get(bytes, start), length);
    int slot = slot(key);
    while (slotKeys[slot] != key) {
      if (slotCodes[slot] == 0) {
        return insert(slot, key);
      }
      slot = (slot + 1) & (slotKeys.length - 1);
    }
    return slotCodes[slot] - 1;
  }

  /** Code of a value; -1 if it has not been seen. */
  int find(byte[] bytes, int start, int end) {
    int length = end - start;
    boolean isLong = length > LONGEST_SHORT;
    long key =
        isLong ? longKey(bytes, start, end) : shortKey((long) LONGS.get(bytes, start), length);
    int slot = slot(key);
    while (slotCodes[slot] != 0) {
      int code = slotCodes[slot] - 1;
      if (slotKeys[slot] == key && (!isLong || equalsStored(code, bytes, start, end))) {
        return code;
      }
      slot = (slot + 1) & (slotKeys.length - 1);
    }
    return -1;
  }

  private int longCode(byte[] bytes, int start, int end) {
    long key = longKey(bytes, start, end);
    int slot = slot(key);
    while (slotCodes[slot] != 0) {
      if (slotKeys[slot] == key && equalsStored(slotCodes[slot] - 1, bytes, start, end)) {
        return slotCodes[slot] - 1;
      }
      slot = (slot + 1) & (slotKeys.length - 1);
    }
    keep(bytes, start, end);
    return insert(slot, key);
  }

  /** Bytes of the value and, above them, its length + 1, so that no key is 0. */
  private static long shortKey(long word, int length) {
    return (word & ((1L << (8 * length)) - 1)) | ((length + 1L) << LENGTH_SHIFT);
  }

  private static long longKey(byte[] bytes, int start, int end) {
    return hash(bytes, start, end) | LONG_VALUE;
  }

  /**
   * Of 8 bytes at a time, each mixed in by a multiplication and a shift; the last 8 bytes may
   * overlap those before.
   */
  private static long hash(byte[] bytes, int start, int end) {
    long hash = (long) end - start;
    for (int i = start; i + 8 < end; i += 8) {
      hash = mix(hash ^ (long) LONGS.get(bytes, i));
    }
    return mix(hash ^ (long) LONGS.get(bytes, end - 8));
  }

  private int slot(long key) {
    return (int) ((key * MULTIPLIER) >>> shift);
  }

  private static long mix(long hash) {
    hash *= MULTIPLIER;
    return hash ^ (hash >>> 32);
  }

  private boolean equalsStored(int code, byte[] bytes, int start, int end) {
    int from = (int) stored[code];
    int length = (int) (stored[code] >>> 32);
    if (length != end - start) {
      return false;
    }
    // A word at a time; the last one may overlap the one before.
    for (int i = 0; i + 8 < length; i += 8) {
      if ((long) LONGS.get(store, from + i) != (long) LONGS.get(bytes, start + i)) {
        return false;
      }
    }
    return (long) LONGS.get(store, from + length - 8) == (long) LONGS.get(bytes, end - 8);
  }

  private void keep(byte[] bytes, int start, int end) {
    int length = end - start;
    if (storeEnd + length > Integer.MAX_VALUE - 16) {
      throw new TableException("the values of a column must fit into 2 GiB");
    }
    if (storeEnd + length > store.length) {
      long grown = Math.min(Integer.MAX_VALUE - 16, Math.max(1024, 2 * (storeEnd + length)));
      store = Arrays.copyOf(store, (int) grown);
    }
    if (size >= stored.length) {
      stored = Arrays.copyOf(stored, Math.max(64, 2 * size));
    }
    System.arraycopy(bytes, start, store, (int) storeEnd, length);
    stored[size] = ((long) length << 32) | storeEnd;
    storeEnd += length;
  }

  private int insert(int slot, long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size] = key;
    slotKeys[slot] = key;
    slotCodes[slot] = ++size;
    if (2 * size > slotKeys.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    int slots = Math.multiplyExact(slotKeys.length, 2);
    slotKeys = new long[slots];
    slotCodes = new int[slots];
    shift--;
    for (int code = 0; code < size; code++) {
      int slot = slot(keys[code]);
      while (slotCodes[slot] != 0) {
        slot = (slot + 1) & (slots - 1);
      }
      slotKeys[slot] = keys[code];
      slotCodes[slot] = code + 1;
    }
  }

  /** Bytes of a value. */
  byte[] bytes(int code) {
    long key = keys[code];
    if ((key & LONG_VALUE) == LONG_VALUE) {
      int from = (int) stored[code];
      return Arrays.copyOfRange(store, from, from + (int) (stored[code] >>> 32));
    }
    byte[] bytes = new byte[(int) (key >>> LENGTH_SHIFT) - 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (key >>> (8 * i));
    }
    return bytes;
  }

  /** Length of a value in bytes. */
  int length(int code) {
    long key = keys[code];
    return (key & LONG_VALUE) == LONG_VALUE
        ? (int) (stored[code] >>> 32)
        : (int) (key >>> LENGTH_SHIFT) - 1;
  }

  /** A value as text; what is no UTF-8 in it shows as replacement characters. */
  String text(int code) {
    return new String(bytes(code), StandardCharsets.UTF_8);
  }

  /** Whether the values of the same codes are equal in both. */
  boolean sameAs(ValueDictionary other) {
    if (size != other.size) {
      return false;
    }
    for (int code = 0; code < size; code++) {
      if (keys[code] != other.keys[code]
          || ((keys[code] & LONG_VALUE) == LONG_VALUE
              && !Arrays.equals(bytes(code), other.bytes(code)))) {
        return false;
      }
    }
    return true;
  }
}
