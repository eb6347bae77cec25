package dev.writ.server.config;

/** The reference page of every setting, as Markdown. */
public final class Reference {
  private Reference() {}

  /** The whole page. */
  public static String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Configuration

        Written by `writ config explain --markdown`.

        Each setting can be given as a flag, as an environment variable, or in a YAML file; a flag
        wins over the environment, the environment over the file. The file is `writ.yaml` in the
        data folder, or the one that `--config FILE` or `WRIT_CONFIG` names; dots are nesting, so
        `http.listen` is `listen` under `http`. What is unknown or out of bounds is listed, all at
        once, and nothing starts. A secret is never a value, only the path of a file.
        `writ config explain` prints every value in effect and where it came from.
        """);
    for (Setting<?> setting : Settings.all()) {
      page.append("\n## `").append(setting.name()).append("`\n\n");
      page.append(setting.sentence()).append("\n\n");
      row(page, "accepts", setting.bounds());
      row(page, "default", setting.fallback().map(t -> "`" + t + "`").orElse("none"));
      row(page, "flag", "`" + setting.flag() + "`");
      row(page, "environment", "`" + setting.variable() + "`");
      row(page, "file", setting.inFile() ? "yes" : "no");
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String name, String text) {
    page.append("- ").append(name).append(": ").append(text).append('\n');
  }
}
