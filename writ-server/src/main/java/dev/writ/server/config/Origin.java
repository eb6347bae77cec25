package dev.writ.server.config;

import java.nio.file.Path;

/** Where a setting's value came from. */
public sealed interface Origin {
  /** Nobody set it. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** The file. */
  record File(Path file, int line) implements Origin {
    @Override
    public String toString() {
      return file + ", line " + line;
    }
  }

  /** An environment variable. */
  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return variable;
    }
  }

  /** A flag of the command line. */
  record Flag(String flag) implements Origin {
    @Override
    public String toString() {
      return flag;
    }
  }
}
