package dev.writ.draft;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one clause says is to be done, to what, and where; it is filled while a clause is read. */
final class Frame {
  final Sentence sentence;
  Moods.Mood mood;
  final boolean negative;
  final List<Item> verbs = new ArrayList<>();
  final List<Item> resources = new ArrayList<>();
  final List<Item> places = new ArrayList<>();
  final List<Item> targets = new ArrayList<>();

  /** Places that are ruled out here. */
  final List<Item> notPlaces = new ArrayList<>();

  /** The agents it is said of; none when nobody is named near it. */
  final Set<Item> subjects = new LinkedHashSet<>();

  boolean orVerbs;
  boolean orResources;
  boolean orPlaces;

  /** "Access", "use", "deal with": something, but not what. */
  boolean generic;

  /** "Everything", "full": the whole, but not what. */
  boolean whole;

  /** A verb stands there that nobody knows. */
  boolean strange;

  /** A system is named that nobody knows, or described by words that fit several. */
  boolean unknownResource;

  List<String> described = List.of();

  /** Whether the resource stands before the verbs, so that all of them are about it. */
  boolean resourceFirst;

  /** Whether its resource was taken over from the clause before. */
  boolean inherited;

  /** Whether it stands in a field that asks for it, or alone, so that naming is asking. */
  boolean asked;

  /** Whether it stands in a field of a form. */
  boolean field;

  /** The first word it is about, or -1. */
  int at = -1;

  Frame(Sentence sentence, Moods.Mood mood, boolean negative) {
    this.sentence = sentence;
    this.mood = mood;
    this.negative = negative;
  }

  void mark(Item item) {
    at = at < 0 ? item.from() : at;
  }

  boolean empty() {
    return verbs.isEmpty()
        && resources.isEmpty()
        && places.isEmpty()
        && !generic
        && !whole
        && !strange
        && !unknownResource
        && described.isEmpty()
        && notPlaces.isEmpty()
        && targets.isEmpty();
  }

  /** Whether anything is said that points at access. */
  boolean points() {
    return !verbs.isEmpty()
        || !resources.isEmpty()
        || generic
        || whole
        || unknownResource
        || !described.isEmpty();
  }
}
