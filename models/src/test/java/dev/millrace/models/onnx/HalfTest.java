package dev.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.platform.Fp16Conversions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the conversions of ONNX Runtime. */
class HalfTest {
  @Test
  void shouldWidenEveryHalfExactly() {
    for (int bits = 0; bits <= 0xFFFF; bits++) {
      Float expected = Fp16Conversions.fp16ToFloat((short) bits);
      assertThat(Float.valueOf(Half.toFloat((short) bits))).as("%04x", bits).isEqualTo(expected);
    }
  }

  @Test
  void shouldRoundHalvesAndTheirMiddlesAsOnnxRuntimeDoes() {
    for (int bits = 0; bits < 0x7C00; bits++) {
      float low = Half.toFloat((short) bits);
      float high = bits == 0x7BFF ? 65536 : Half.toFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      for (float value : new float[] {low, middle, Math.nextUp(middle), Math.nextDown(middle)}) {
        assertRounded(value);
        assertRounded(-value);
      }
    }
  }

  @Test
  void shouldRoundAnyFloatAsOnnxRuntimeDoes() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1_000_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isNaN(value)) {
        assertRounded(value);
      }
    }
    assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
  }

  private static void assertRounded(float value) {
    if (Half.of(value) != Fp16Conversions.floatToFp16(value)) {
      assertThat(Half.of(value)).as("%s", value).isEqualTo(Fp16Conversions.floatToFp16(value));
    }
  }
}
