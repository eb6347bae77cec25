package dev.writ.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The type that a schema declares for a value, as far as reading JSON needs it. */
sealed interface SchemaType {
  /** A boolean, integer or text: JSON itself says which. */
  record Plain() implements SchemaType {}

  /** A set of values of one type. */
  record SetOf(SchemaType items) implements SchemaType {}

  /** A record; whether attributes are required is not kept. */
  record RecordOf(Map<String, SchemaType> attributes) implements SchemaType {
    static final RecordOf EMPTY = new RecordOf(Map.of());

    public RecordOf {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
  }

  /** A reference to an entity. */
  record Reference(String type) implements SchemaType {}

  /** An extension value, written as the text that its constructor takes. */
  record Extension(Function constructor) implements SchemaType {}
}
