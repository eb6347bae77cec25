package dev.writ.policy;

import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.util.Objects;

/**
 * The identity of an entity, {@code Type::"id"}; as a value it refers to that entity, whether or
 * not the entity is known.
 */
public final class EntityUid implements Value, Comparable<EntityUid> {
  private final String type;
  private final String id;
  private final int hash;

  private EntityUid(String type, String id) {
    this.type = type;
    this.id = id;
    this.hash = 31 * type.hashCode() + id.hashCode();
  }

  /**
   * The entity of this type and id. Throws {@link IllegalArgumentException} when {@code type} is
   * not a name such as {@code Company::User}.
   */
  public static EntityUid of(String type, String id) {
    Objects.requireNonNull(id);
    if (!Names.isTypeName(type)) {
      throw new IllegalArgumentException("not an entity type: `" + Text.excerpt(type) + "`");
    }
    return new EntityUid(type, id);
  }

  /** An identity whose type a parser has already checked. */
  static EntityUid checked(String type, String id) {
    return new EntityUid(type, id);
  }

  /** Reads {@code Type::"id"} as Cedar writes it. */
  public static Parsed<EntityUid> parse(String text) {
    return PolicyParser.entity(text);
  }

  /** The entity type, for example {@code Company::User}. */
  public String type() {
    return type;
  }

  /** The id within the type; any text, also none. */
  public String id() {
    return id;
  }

  @Override
  public String typeName() {
    return type;
  }

  @Override
  public int compareTo(EntityUid other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof EntityUid uid
            && hash == uid.hash
            && type.equals(uid.type)
            && id.equals(uid.id));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Cedar's text, {@code Type::"id"} with the id escaped. */
  @Override
  public String toString() {
    return type + "::" + Quoting.quote(id);
  }
}
