package dev.usher.store.memory;

import dev.usher.store.upstream.Note;
import dev.usher.store.upstream.NoteStore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the leader of one upstream wrote down, inside the process. */
final class NoteTable {
  private final Map<String, Written> notes = new HashMap<>();

  private record Written(String text, long at) {}

  NoteTable() {}

  NoteTable(NoteTable other) {
    notes.putAll(other.notes);
  }

  Note note(boolean leads, String heading, @Nullable String text, long now) {
    Note.check(heading, text);
    notes.values().removeIf(note -> now - note.at() > NoteStore.NOTE_KEPT.toMillis());
    if (leads && text != null) {
      notes.put(heading, new Written(text, now));
      notes.values().removeIf(note -> note.text().isEmpty());
    }
    Written note = notes.getOrDefault(heading, new Written("", 0));
    return new Note(note.text(), note.at(), now);
  }
}
