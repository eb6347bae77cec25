package dev.writ.ledger;

/**
 * An acknowledged command.
 *
 * @param first position of its first fact; meaningless when {@code facts} is 0
 * @param facts how many facts it wrote
 * @param size size of the log that holds them: a checkpoint of at least this size covers them
 */
public record Written<R>(R reply, long first, int facts, long size) {}
