package dev.writ.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What policy would apply where a request is silent. Shown to people; never written into a spec by
 * itself.
 *
 * @param maxDuration longest access by {@code prod/restricted}, {@code prod/confidential}, {@code
 *     prod/internal}, {@code nonprod}
 * @param hardCeiling no access may be asked for longer than this
 * @param approvals who has to approve, by sensitivity or {@code sandbox}
 */
public record PolicyDefaults(
    Map<String, Span> maxDuration,
    Optional<Span> hardCeiling,
    Map<String, List<String>> approvals,
    List<String> revocation,
    Optional<String> delegation,
    Optional<String> credential) {
  /** A catalogue that says nothing. */
  public static final PolicyDefaults NONE =
      new PolicyDefaults(
          Map.of(), Optional.empty(), Map.of(), List.of(), Optional.empty(), Optional.empty());

  public PolicyDefaults {
    maxDuration = Collections.unmodifiableMap(new LinkedHashMap<>(maxDuration));
    Map<String, List<String>> copy = new LinkedHashMap<>();
    approvals.forEach((at, roles) -> copy.put(at, List.copyOf(roles)));
    approvals = Collections.unmodifiableMap(copy);
    revocation = List.copyOf(revocation);
  }
}
