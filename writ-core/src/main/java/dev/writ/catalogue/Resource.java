package dev.writ.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A system or a part of one.
 *
 * @param parent the resource this is a part of; what is prohibited on it is prohibited here
 * @param sensitivities where an environment differs from {@code sensitivity}
 * @param environments where it exists, at least one
 * @param actions the closed list of actions, each with ways to say it
 * @param reading the actions that change nothing; every other one is taken for a write
 * @param aliases other names; one may belong to several resources
 * @param targets its named dimensions: a grant says which values of each it covers
 * @param markers regulated kinds of data, such as {@code health_data}
 */
public record Resource(
    String id,
    String name,
    String kind,
    Optional<String> parent,
    String ownerTeam,
    Sensitivity sensitivity,
    Map<String, Sensitivity> sensitivities,
    List<String> environments,
    Map<String, List<String>> actions,
    List<String> reading,
    List<String> aliases,
    Map<String, Dimension> targets,
    List<String> data,
    boolean thirdParty,
    List<String> markers) {
  /**
   * A named dimension of targets.
   *
   * @param ids the values there are, each with ways to say it
   */
  public record Dimension(Map<String, List<String>> ids) {
    public Dimension {
      ids = copy(ids);
    }
  }

  public Resource {
    sensitivities = Collections.unmodifiableMap(new LinkedHashMap<>(sensitivities));
    environments = List.copyOf(environments);
    actions = copy(actions);
    reading = List.copyOf(reading);
    aliases = List.copyOf(aliases);
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    data = List.copyOf(data);
    markers = List.copyOf(markers);
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> ways) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    ways.forEach((id, said) -> copy.put(id, List.copyOf(said)));
    return Collections.unmodifiableMap(copy);
  }

  /** The sensitivity in one environment. */
  public Sensitivity sensitivityIn(String environment) {
    return sensitivities.getOrDefault(environment, sensitivity);
  }

  /** Whether the action changes nothing. */
  public boolean reads(String action) {
    return reading.contains(action);
  }
}
