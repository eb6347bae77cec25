package dev.writ.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What settings are read from; the later source wins: file, environment, flags.
 *
 * @param file the file that was named; absent to look for {@code writ.yaml} in the data folder
 * @param environment the process's environment
 * @param flags what the command line gave, by setting name
 */
public record Sources(
    Optional<Path> file, Map<String, String> environment, SortedMap<String, String> flags) {}
