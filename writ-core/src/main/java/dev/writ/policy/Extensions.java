package dev.writ.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** The texts of extension values: decimal, ip, datetime, duration; exactly what Cedar accepts. */
final class Extensions {
  private static final long DECIMAL_SCALE = 10_000;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  private static final int LONGEST_IP = 43;

  private Extensions() {}

  /** {@code -?digits.digits}, one to four digits after the point. */
  static Optional<Value.Decimal> decimal(String text) {
    int point = text.indexOf('.');
    boolean negative = text.startsWith("-");
    if (point < 0) {
      return Optional.empty();
    }
    String whole = text.substring(negative ? 1 : 0, point);
    String fraction = text.substring(point + 1);
    if (!digits(whole) || !digits(fraction) || fraction.length() > 4) {
      return Optional.empty();
    }
    try {
      long signed = Long.parseLong(negative ? "-" + whole : whole);
      long parts = Long.parseLong(fraction);
      for (int i = fraction.length(); i < 4; i++) {
        parts *= 10;
      }
      long scaled = Math.multiplyExact(signed, DECIMAL_SCALE);
      return Optional.of(
          new Value.Decimal(
              negative ? Math.subtractExact(scaled, parts) : Math.addExact(scaled, parts)));
    } catch (NumberFormatException | ArithmeticException tooLarge) {
      return Optional.empty();
    }
  }

  /** The text that {@link #decimal} reads back. */
  static String text(Value.Decimal value) {
    long n = value.tenThousandths();
    String sign = n < 0 ? "-" : "";
    return sign + Math.abs(n / DECIMAL_SCALE) + "." + fourDigits(Math.abs(n % DECIMAL_SCALE));
  }

  private static String fourDigits(long n) {
    String text = Long.toString(n + DECIMAL_SCALE).substring(1);
    int end = 4;
    while (end > 1 && text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end);
  }

  /** {@code -?[nd][nh][nm][ns][nms]}, at least one part. */
  static Optional<Value.Duration> duration(String text) {
    boolean negative = text.startsWith("-");
    int at = negative ? 1 : 0;
    if (at == text.length()) {
      return Optional.empty();
    }
    String[] units = {"d", "h", "m", "s", "ms"};
    long[] sizes = {DAY, HOUR, MINUTE, SECOND, 1};
    try {
      long total = 0;
      int unit = 0;
      while (at < text.length()) {
        int end = at;
        while (end < text.length() && digit(text.charAt(end))) {
          end++;
        }
        if (end == at) {
          return Optional.empty();
        }
        while (unit < units.length && !unitAt(text, end, units[unit])) {
          unit++;
        }
        if (unit == units.length) {
          return Optional.empty();
        }
        long part = part(text.substring(at, end), sizes[unit], negative);
        // From the smallest unit upwards Cedar refuses only what overflows in the end: all parts
        // have one sign.
        total = Math.addExact(total, part);
        at = end + units[unit].length();
        unit++;
      }
      return Optional.of(new Value.Duration(total));
    } catch (NumberFormatException | ArithmeticException tooLarge) {
      return Optional.empty();
    }
  }

  // Cedar admits the most negative duration only in milliseconds; other units are first positive.
  private static long part(String digits, long size, boolean negative) {
    if (size == 1) {
      return Long.parseLong(negative ? "-" + digits : digits);
    }
    long positive = Math.multiplyExact(Long.parseLong(digits), size);
    return negative ? -positive : positive;
  }

  private static boolean unitAt(String text, int at, String unit) {
    if (!text.startsWith(unit, at)) {
      return false;
    }
    return !(unit.equals("m") && text.startsWith("ms", at));
  }

  /** {@code YYYY-MM-DD}, or with {@code Thh:mm:ss[.SSS](Z|±hhmm)}. */
  static Optional<Value.Datetime> datetime(String text) {
    if (!shaped(text, 0, "dddd-dd-dd")) {
      return Optional.empty();
    }
    try {
      LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
      long midnight = date.toEpochDay() * DAY;
      return text.length() == 10
          ? Optional.of(new Value.Datetime(midnight))
          : timeOfDay(text).map(t -> new Value.Datetime(midnight + t));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<Long> timeOfDay(String text) {
    if (!shaped(text, 10, "Tdd:dd:dd")) {
      return Optional.empty();
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int at = 19;
    int millis = 0;
    if (shaped(text, at, ".ddd")) {
      millis = number(text, 20, 23);
      at = 23;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    long time = hour * HOUR + minute * MINUTE + second * SECOND + millis;
    return offset(text.substring(at)).map(offset -> time - offset);
  }

  private static Optional<Long> offset(String text) {
    if (text.equals("Z")) {
      return Optional.of(0L);
    }
    if (text.length() != 5 || !(shaped(text, 0, "+dddd") || shaped(text, 0, "-dddd"))) {
      return Optional.empty();
    }
    int hours = number(text, 1, 3);
    int minutes = number(text, 3, 5);
    if (hours > 23 || minutes > 59) {
      return Optional.empty();
    }
    long size = hours * HOUR + minutes * MINUTE;
    return Optional.of(text.charAt(0) == '+' ? size : -size);
  }

  /** An IPv4 or IPv6 address, optionally with {@code /prefix}; never IPv4 within IPv6. */
  static Optional<Value.Ip> ip(String text) {
    if (text.length() > LONGEST_IP) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Optional<Value.Ip> single = address.indexOf(':') >= 0 ? ipv6(address) : ipv4(address);
    if (slash < 0) {
      return single;
    }
    String prefix = text.substring(slash + 1);
    return single.flatMap(ip ->
        prefix(prefix, ip.prefix()).map(bits -> new Value.Ip(ip.v6(), ip.high(), ip.low(), bits)));
  }

  private static Optional<Integer> prefix(String text, int most) {
    boolean plain =
        digits(text) && text.length() <= 3 && !(text.startsWith("0") && !text.equals("0"));
    if (!plain) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(text);
    return bits <= most ? Optional.of(bits) : Optional.empty();
  }

  private static Optional<Value.Ip> ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long address = 0;
    for (String part : parts) {
      Optional<Integer> octet = prefix(part, 255);
      if (octet.isEmpty()) {
        return Optional.empty();
      }
      address = address << 8 | octet.get();
    }
    return Optional.of(new Value.Ip(false, 0, address, 32));
  }

  private static Optional<Value.Ip> ipv6(String text) {
    int gap = text.indexOf("::");
    String front = gap < 0 ? text : text.substring(0, gap);
    String back = gap < 0 ? "" : text.substring(gap + 2);
    String[] head = front.isEmpty() ? new String[0] : front.split(":", -1);
    String[] tail = back.isEmpty() ? new String[0] : back.split(":", -1);
    int given = head.length + tail.length;
    if (gap < 0 ? given != 8 : given > 7) {
      return Optional.empty();
    }
    long[] halves = new long[2];
    for (int i = 0; i < 8; i++) {
      int fromEnd = i - (8 - tail.length);
      String group = i < head.length ? head[i] : fromEnd >= 0 ? tail[fromEnd] : "0";
      int value = group(group);
      if (value < 0) {
        return Optional.empty();
      }
      halves[i / 4] = halves[i / 4] << 16 | value;
    }
    return Optional.of(new Value.Ip(true, halves[0], halves[1], 128));
  }

  private static int group(String text) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  /** The text that {@link #ip} reads back. */
  static String text(Value.Ip ip) {
    StringBuilder out = new StringBuilder();
    if (ip.v6()) {
      for (int i = 0; i < 8; i++) {
        long half = i < 4 ? ip.high() : ip.low();
        out.append(i == 0 ? "" : ":");
        out.append(Long.toHexString(half >>> (48 - 16 * (i % 4)) & 0xFFFF));
      }
    } else {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.append(shift == 24 ? "" : ".").append(ip.low() >>> shift & 0xFF);
      }
    }
    return out.append('/').append(ip.prefix()).toString();
  }

  private static boolean digits(String text) {
    return !text.isEmpty() && text.chars().allMatch(Extensions::digit);
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether the text has this shape from {@code at}; {@code d} is a digit. */
  private static boolean shaped(String text, int at, String shape) {
    if (text.length() < at + shape.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      char wanted = shape.charAt(i);
      char given = text.charAt(at + i);
      if (wanted == 'd' ? !digit(given) : wanted != given) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text.substring(from, to));
  }
}
