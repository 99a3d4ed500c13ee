package dev.millrace.models.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.models.bundle.BundleException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBundleTest {
  private static final String FINGERPRINT = "f".repeat(64);
  private static final Probe PROBE =
      new Probe(
          1e-5,
          List.of(
              new Probe.Example(List.of(3, 1), List.of(1f, 1 / 3f), 0.1f),
              new Probe.Example(List.of(0, 2), List.of(0.5f, 0f), 1.17549435E-38f)));

  @TempDir private Path folder;
  private Path directory;

  @BeforeEach
  void writeBundle() throws IOException {
    directory = folder.resolve("models/ctr-1");
    writer().write(directory);
  }

  @Test
  void shouldGiveBackWhatWasWritten() throws IOException {
    ModelBundle bundle = ModelBundle.open(directory);
    assertThat(bundle.catalogYaml()).isEqualTo("fields: [größe]\n");
    assertThat(bundle.probe()).isEqualTo(PROBE);
    assertThat(bundle.modelFile()).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(bundle.file("vocabulary.json")).hasContent("{}");
    Manifest manifest = bundle.manifest();
    assertThat(manifest).isEqualTo(draft().withFiles(manifest.files()));
    assertThat(manifest.files())
        .containsOnlyKeys("catalog.yaml", "model.onnx", "probe.json", "vocabulary.json")
        // printf '\1\2\3' | sha256sum
        .containsEntry(
            "model.onnx", "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    bundle.requireFingerprint(FINGERPRINT);
  }

  @Test
  void shouldWriteTheSameBytesForTheSameContent() throws IOException {
    ModelBundle again = writer().write(folder.resolve("again"));
    for (String name : List.of("manifest.json", "catalog.yaml", "model.onnx", "probe.json")) {
      assertThat(folder.resolve("again").resolve(name))
          .hasSameBinaryContentAs(directory.resolve(name));
    }
    assertThat(again.manifestSha256()).isEqualTo(ModelBundle.open(directory).manifestSha256());
  }

  @Test
  void shouldNeverOverwrite() throws IOException {
    assertThatThrownBy(() -> writer().write(directory))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("never overwritten");
    assertOnlyTheBundleIsThere();
  }

  @Test
  void shouldLeaveNothingBehindWhenItCannotWrite() throws IOException {
    // A name longer than any file system takes fails after the first files were written.
    BundleWriter failing = writer().withFile("x".repeat(300), new byte[0]);
    assertThatThrownBy(() -> failing.write(directory.resolveSibling("ctr-2")))
        .isInstanceOf(IOException.class);
    assertOnlyTheBundleIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"catalog.yaml", "model.onnx", "probe.json", "vocabulary.json"})
  void shouldRefuseAFileThatChanged(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    assertRefused(Reason.CHECKSUM, name, () -> ModelBundle.open(directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {"catalog.yaml", "model.onnx", "probe.json", "vocabulary.json"})
  void shouldRefuseATruncatedFile(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 1));
    assertRefused(Reason.CHECKSUM, name, () -> ModelBundle.open(directory));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"manifest.json", "catalog.yaml", "model.onnx", "probe.json", "vocabulary.json"})
  void shouldRefuseABundleThatLacksAFile(String name) throws IOException {
    Files.delete(directory.resolve(name));
    assertRefused(Reason.MISSING, name, () -> ModelBundle.open(directory));
  }

  @Test
  void shouldRefuseAFileThatTheManifestDoesNotList() throws IOException {
    Files.createFile(directory.resolve("stray.bin"));
    assertRefused(Reason.MALFORMED, "stray.bin", () -> ModelBundle.open(directory));
  }

  @Test
  void shouldRefuseADirectoryThatIsNotThere() {
    assertRefused(Reason.MISSING, "nowhere", () -> ModelBundle.open(folder.resolve("nowhere")));
  }

  @Test
  void shouldRefuseEveryTruncationOfTheManifest() throws IOException {
    Path file = directory.resolve("manifest.json");
    byte[] content = Files.readAllBytes(file);
    for (int length = 0; length < content.length - 1; length += 7) {
      Files.write(file, Arrays.copyOf(content, length));
      assertRefused(Reason.MALFORMED, "manifest.json", () -> ModelBundle.open(directory));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"format\" : 1|\"format\" : 2",
        "\"name\" : \"ctr\"|\"name\" : \" \"",
        "\"release\" : \"1\",|",
        "\"release\" : \"1\",|\"release\" : \"1\", \"surprise\" : true,",
        "\"files\" : {|\"files\" : { \"../model.onnx\" : \"\",",
        "\"files\" : {|\"files\" : { \"manifest.json\" : \"\",",
        "\"model.onnx\" : \"039058|\"model.onnx\" : \"XX9058",
        "\"model.onnx\"|\"modell.onnx\"",
        "0.75|\"NaN\"",
      })
  void shouldRefuseAManifestThatBreaksARule(String edit) throws IOException {
    String[] fromTo = edit.split("\\|", -1);
    Path file = directory.resolve("manifest.json");
    String content = Files.readString(file);
    assertThat(content).contains(fromTo[0]);
    Files.writeString(file, content.replace(fromTo[0], fromTo[1]));
    assertRefused(Reason.MALFORMED, "manifest.json", () -> ModelBundle.open(directory));
  }

  @Test
  void shouldRefuseAnotherCatalogue() throws IOException {
    ModelBundle bundle = ModelBundle.open(directory);
    assertRefused(Reason.FINGERPRINT, FINGERPRINT, () -> bundle.requireFingerprint("0".repeat(64)));
  }

  @Test
  void shouldRefuseProbabilitiesThatMissTheProbe() throws IOException {
    PROBE.verify(new float[] {0.100005f, 0});
    assertRefused(Reason.PROBE, "example 0", () -> PROBE.verify(new float[] {0.10002f, 0}));
    assertRefused(Reason.PROBE, "found NaN", () -> PROBE.verify(new float[] {0.1f, Float.NaN}));
    assertRefused(Reason.PROBE, "2 probabilities", () -> PROBE.verify(new float[] {0.1f}));
  }

  @Test
  void shouldRefuseAProbeThatBreaksARule() {
    assertThatThrownBy(() -> new Probe(0, PROBE.examples()))
        .hasMessage("tolerance must be in (0, 1), found 0.0");
    assertThatThrownBy(() -> new Probe(1e-5, List.of()))
        .hasMessage("examples must be >= 1, found 0");
    assertThatThrownBy(() -> new Probe.Example(List.of(1), List.of(), 0))
        .hasMessage("weights must be 1 long, found 0");
    assertThatThrownBy(() -> new Probe.Example(List.of(1), List.of(1f), Float.NaN))
        .hasMessage("probability must be in [0, 1], found NaN");
  }

  @Test
  void shouldRefuseToAddWhatIsNoPlainFileName() {
    assertThatThrownBy(() -> writer().withFile("../evil", new byte[0]))
        .hasMessageContaining("found '../evil'");
    assertThatThrownBy(() -> writer().withFile("model.onnx", new byte[0]))
        .hasMessage("files must be named once, found a second model.onnx");
  }

  private static BundleWriter writer() {
    return new BundleWriter(draft(), "fields: [größe]\n", new byte[] {1, 2, 3}, PROBE)
        .withFile("vocabulary.json", "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static Manifest draft() {
    return Manifest.draft(
        "ctr",
        "1",
        new Manifest.NetworkDescription("autoint", new TreeMap<>(Map.of("layers", "3"))),
        List.of(new TensorSpec("rows", "int32", List.of(TensorSpec.DYNAMIC, 2))),
        List.of(new TensorSpec("probability", "float32", List.of(TensorSpec.DYNAMIC))),
        FINGERPRINT,
        Map.of("seed", "7", "examples", "1000"),
        Map.of("auc", 0.75));
  }

  private void assertOnlyTheBundleIsThere() throws IOException {
    try (Stream<Path> entries = Files.list(directory.getParent())) {
      assertThat(entries).containsExactly(directory);
    }
  }

  private static void assertRefused(Reason reason, String detail, ThrowingCallable call) {
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(call)
        .withMessageContaining(detail)
        .matches(e -> e.reason() == reason, "reason " + reason)
        .matches(e -> e.getMessage().lines().count() == 1, "one line");
  }
}
