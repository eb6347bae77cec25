package dev.writ.base;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes one JSON object straight to its canonical bytes (RFC 8785), without a tree between. The
 * caller gives members in ascending order of their names; another order, like a value without
 * canonical form, is a bug of the caller's and throws {@link IllegalArgumentException}. For one
 * object; not for two threads.
 */
public final class CanonicalWriter implements JsonSink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 20;

  private byte[] buffer = new byte[2_048];
  private int length;

  /** The name written last in the object being written; empty before its first. */
  private String last = "";

  private boolean first = true;

  private CanonicalWriter() {}

  /** The bytes of the object whose members {@code writer} gives. */
  public static <T> byte[] write(T value, BiConsumer<JsonSink, T> writer) {
    CanonicalWriter out = new CanonicalWriter();
    out.object(value, writer);
    return Arrays.copyOf(out.buffer, out.length);
  }

  @Override
  public CanonicalWriter put(String name, String value) {
    name(name);
    text(value);
    return this;
  }

  @Override
  public CanonicalWriter put(String name, long value) {
    if (value > Json.MAX_SAFE_INTEGER || value < -Json.MAX_SAFE_INTEGER) {
      throw new IllegalArgumentException("no canonical form for integer " + value);
    }
    name(name);
    integer(value);
    return this;
  }

  @Override
  public CanonicalWriter put(String name, boolean value) {
    name(name);
    ascii(value ? "true" : "false");
    return this;
  }

  @Override
  public CanonicalWriter put(String name, Digest value) {
    name(name);
    reserve(2 * Digest.LENGTH + 2);
    buffer[length++] = '"';
    value.writeHex(buffer, length);
    length += 2 * Digest.LENGTH;
    buffer[length++] = '"';
    return this;
  }

  @Override
  public CanonicalWriter put(String name, Json value) {
    name(name);
    byte[] bytes = value.canonical();
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  @Override
  public <T> CanonicalWriter put(String name, T value, BiConsumer<JsonSink, T> writer) {
    name(name);
    object(value, writer);
    return this;
  }

  @Override
  public CanonicalWriter strings(String name, Collection<String> values) {
    name(name);
    put('[');
    boolean follows = false;
    for (String value : values) {
      if (follows) {
        put(',');
      }
      follows = true;
      text(value);
    }
    put(']');
    return this;
  }

  @Override
  public <T> CanonicalWriter objects(
      String name, Collection<T> values, BiConsumer<JsonSink, T> writer) {
    name(name);
    put('[');
    boolean follows = false;
    for (T value : values) {
      if (follows) {
        put(',');
      }
      follows = true;
      object(value, writer);
    }
    put(']');
    return this;
  }

  private <T> void object(T value, BiConsumer<JsonSink, T> writer) {
    String outerLast = last;
    boolean outerFirst = first;
    last = "";
    first = true;
    put('{');
    writer.accept(this, value);
    put('}');
    last = outerLast;
    first = outerFirst;
  }

  private void name(String name) {
    if (first) {
      first = false;
    } else if (last.compareTo(name) >= 0) {
      // Names in order of their UTF-16 code units (RFC 8785, 3.2.3), which is String's own order.
      throw new IllegalArgumentException("member " + name + " after " + last);
    } else {
      put(',');
    }
    last = name;
    text(name);
    put(':');
  }

  private void put(char ascii) {
    reserve(1);
    buffer[length++] = (byte) ascii;
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer[length++] = (byte) text.charAt(i);
    }
  }

  private void integer(long value) {
    reserve(MOST_DIGITS);
    if (value < 0) {
      buffer[length++] = '-';
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long n = rest; n >= 10; n /= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void text(String value) {
    int count = value.length();
    reserve(count + 2);
    byte[] out = buffer;
    int at = length;
    out[at++] = '"';
    int i = 0;
    for (; i < count; i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        break;
      }
      out[at++] = (byte) c;
    }
    length = at;
    if (i < count) {
      // The longest a character becomes: six bytes of escape.
      reserve(6 * (count - i) + 1);
      special(value, i);
    }
    buffer[length++] = '"';
  }

  private void special(String value, int from) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> escape('"');
        case '\\' -> escape('\\');
        case '\b' -> escape('b');
        case '\t' -> escape('t');
        case '\n' -> escape('n');
        case '\f' -> escape('f');
        case '\r' -> escape('r');
        default -> {
          if (c < 0x20) {
            ascii("\\u00");
            buffer[length++] = HEX[c >> 4];
            buffer[length++] = HEX[c & 15];
          } else if (Character.isSurrogate(c)) {
            if (!Character.isHighSurrogate(c)
                || i + 1 == value.length()
                || !Character.isLowSurrogate(value.charAt(i + 1))) {
              throw new IllegalArgumentException("no canonical form for an unpaired surrogate");
            }
            utf8(Character.toCodePoint(c, value.charAt(++i)));
          } else {
            utf8(c);
          }
        }
      }
    }
  }

  private void escape(char c) {
    buffer[length++] = '\\';
    buffer[length++] = (byte) c;
  }

  private void utf8(int c) {
    if (c < 0x80) {
      buffer[length++] = (byte) c;
    } else if (c < 0x800) {
      buffer[length++] = (byte) (0xc0 | (c >> 6));
      buffer[length++] = (byte) (0x80 | (c & 0x3f));
    } else if (c < 0x1_0000) {
      buffer[length++] = (byte) (0xe0 | (c >> 12));
      buffer[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      buffer[length++] = (byte) (0x80 | (c & 0x3f));
    } else {
      buffer[length++] = (byte) (0xf0 | (c >> 18));
      buffer[length++] = (byte) (0x80 | ((c >> 12) & 0x3f));
      buffer[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      buffer[length++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
  }
}
