package dev.writ.duration;

/** Slips of the keyboard. */
final class Slips {
  private Slips() {}

  /** Whether two neighbouring letters swapped make the other. */
  static boolean swapped(String wanted, String typed) {
    return wanted.length() == typed.length()
        && one(wanted, typed)
        && wanted.chars().sorted().boxed().toList().equals(typed.chars().sorted().boxed().toList());
  }

  /** Whether one letter added, left out, changed or swapped with its neighbour makes the other. */
  static boolean one(String wanted, String typed) {
    int difference = typed.length() - wanted.length();
    if (difference < -1 || difference > 1 || typed.isEmpty() || wanted.equals(typed)) {
      return false;
    }
    int i = 0;
    while (i < Math.min(wanted.length(), typed.length()) && wanted.charAt(i) == typed.charAt(i)) {
      i++;
    }
    if (i == 0) {
      return false;
    }
    String left = wanted.substring(i);
    String right = typed.substring(i);
    return switch (difference) {
      case -1 -> left.substring(1).equals(right);
      case 1 -> left.equals(right.substring(1));
      default ->
          left.substring(1).equals(right.substring(1))
              || (left.length() > 1
                  && left.charAt(0) == right.charAt(1)
                  && left.charAt(1) == right.charAt(0)
                  && left.substring(2).equals(right.substring(2)));
    };
  }
}
