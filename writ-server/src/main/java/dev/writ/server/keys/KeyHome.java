package dev.writ.server.keys;

import java.nio.file.Path;

/**
 * Where the keys are.
 *
 * @param file the key file; every node of a ledger has the same one
 * @param unlock what opens it
 * @param masters the master keys, from a file of their own
 */
public record KeyHome(Path file, KeyUnlock unlock, MasterKeys masters) {}
