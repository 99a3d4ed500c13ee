package dev.millrace.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Decodes Avro binary and believes no length that passes the bytes at hand: Avro's own decoder
 * allocates what a value declares before it reads it, so that a few malformed bytes could take the
 * heap of a whole task manager.
 */
public final class BoundedDecoder extends Decoder {

  private BinaryDecoder in;

  /** Starts over on a slice of an array. */
  public BoundedDecoder reset(byte[] bytes, int offset, int length) {
    in = DecoderFactory.get().binaryDecoder(bytes, offset, length, in);
    return this;
  }

  /** Bytes not yet read. */
  public int remaining() throws IOException {
    return in.inputStream().available();
  }

  private int bounded(long length) throws IOException {
    int remaining = remaining();
    if (length < 0 || length > remaining) {
      throw new EOFException(
          "a length must be at most the %d bytes that are left, found %d"
              .formatted(remaining, length));
    }
    return (int) length;
  }

  private byte[] readLengthPrefixed() throws IOException {
    byte[] bytes = new byte[bounded(in.readLong())];
    in.readFixed(bytes);
    return bytes;
  }

  @Override
  public String readString() throws IOException {
    return new String(readLengthPrefixed(), StandardCharsets.UTF_8);
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(readLengthPrefixed());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(readLengthPrefixed());
  }

  // Every item of Millrace's arrays and maps takes a byte at least.

  @Override
  public long readArrayStart() throws IOException {
    return bounded(in.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return bounded(in.arrayNext());
  }

  @Override
  public long readMapStart() throws IOException {
    return bounded(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return bounded(in.mapNext());
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public void skipString() throws IOException {
    in.skipString();
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipBytes();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public long skipArray() throws IOException {
    return in.skipArray();
  }

  @Override
  public long skipMap() throws IOException {
    return in.skipMap();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }
}
