package dev.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every schema of a topic or of a savepoint to FULL compatibility with its history. */
class SchemaHistoryTest {

  private static final SchemaValidator FULL =
      new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

  static Stream<Schema> schemas() {
    return Stream.concat(
        Topic.all().stream().map(Topic::schema),
        Stream.of(
            PendingLabel.getClassSchema(),
            EntityState.getClassSchema(),
            RequestPart.getClassSchema(),
            ValueCounts.getClassSchema(),
            FieldProfile.getClassSchema(),
            FieldWindow.getClassSchema()));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldHaveCommittedTheCurrentSchemaAsItsNewestVersion(Schema schema) throws IOException {
    List<Schema> versions = SchemaHistory.versions(schema.getName());
    boolean committed = !versions.isEmpty() && versions.get(versions.size() - 1).equals(schema);
    if (!committed) {
      Path proposal =
          Path.of("target", "history", schema.getName(), (versions.size() + 1) + ".avsc");
      Files.createDirectories(proposal.getParent());
      Files.writeString(proposal, SchemaFormatter.format("json/pretty", schema) + "\n");
      assertThat(committed)
          .withFailMessage(
              "%s changed: if the compatibility test passes, commit %s as a new version under"
                  + " src/main/resources/dev/millrace/schemas/history",
              schema.getName(), proposal)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldBeFullyCompatibleWithEveryCommittedVersion(Schema schema) {
    List<Schema> newestFirst = new ArrayList<>(SchemaHistory.versions(schema.getName()));
    Collections.reverse(newestFirst);
    assertThatCode(() -> FULL.validate(schema, newestFirst)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAFieldWithoutADefault() {
    Schema before = Click.getClassSchema();
    Schema after = new Schema.Parser().parse(before.toString());
    List<Schema.Field> fields = new ArrayList<>();
    after.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(new Schema.Field("referrer", Schema.create(Schema.Type.STRING)));
    Schema widened =
        Schema.createRecord(after.getName(), after.getDoc(), after.getNamespace(), false, fields);

    assertThatThrownBy(() -> FULL.validate(widened, List.of(before)))
        .isInstanceOf(SchemaValidationException.class);
  }
}
