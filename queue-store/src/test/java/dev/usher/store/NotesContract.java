package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Note;
import dev.usher.store.upstream.NoteStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every store promises of what a leader writes down; a part of the one contract. */
abstract class NotesContract extends MovesContract {
  private static final Lease NOBODYS = new Lease("shop", 0);

  private String read(QueueStore by, String heading) {
    return get(by.note(NOBODYS, heading, null)).text();
  }

  @Test
  void whatTheLeaderWritesEveryReplicaReadsWithItsAge() {
    Note written = get(store.note(lease, "size", "28 pods, ünïcödé and | all"));
    assertThat(written.text()).isEqualTo("28 pods, ünïcödé and | all");
    assertThat(written.age()).isZero();
    pass(Duration.ofSeconds(4));
    Note read = get(other.note(NOBODYS, "size", null));
    assertThat(read.text()).isEqualTo(written.text());
    assertThat(read.writtenAt()).isEqualTo(written.writtenAt());
    assertThat(read.age()).isBetween(4000L, 6000L);
  }

  @Test
  void underEachHeadingOfEachUpstreamStandsAnotherNote() {
    get(store.note(lease, "size", "28"));
    get(store.note(lease, "sale", "raising"));
    assertThat(read(other, "size")).isEqualTo("28");
    assertThat(read(other, "sale")).isEqualTo("raising");
    assertThat(get(other.note(new Lease("api", 0), "size", null)))
        .satisfies(note -> assertThat(note.text()).isEmpty())
        .satisfies(note -> assertThat(note.writtenAt()).isZero());
  }

  @Test
  void whoDoesNotLeadWritesNothing() {
    get(store.note(lease, "size", "28"));
    assertThat(get(other.note(NOBODYS, "size", "2")).text()).isEqualTo("28");
    Lease late = new Lease("shop", lease.fence() - 1);
    assertThat(get(other.note(late, "size", "2")).text()).isEqualTo("28");
    assertThat(read(store, "size")).isEqualTo("28");
  }

  @Test
  void whatIsWrittenAnewReplacesWhatStoodThereAndNothingTakesItAway() {
    get(store.note(lease, "size", "28"));
    assertThat(get(store.note(lease, "size", "30")).text()).isEqualTo("30");
    assertThat(get(store.note(lease, "size", "")).text()).isEmpty();
    assertThat(get(store.note(lease, "size", null)).writtenAt()).isZero();
  }

  @Test
  void aNoteIsKeptForDaysWithoutAnyUseOfIt() {
    get(store.note(lease, "size", "28"));
    pass(NoteStore.NOTE_KEPT.minusMinutes(1));
    assertThat(read(other, "size")).isEqualTo("28");
    pass(Duration.ofMinutes(2));
    assertThat(read(other, "size")).isEmpty();
  }

  @Test
  void aNoteThatNoStoreCouldKeepIsRefused() {
    assertThatThrownBy(() -> store.note(lease, "size", "two\nlines"))
        .hasMessageContaining("must be one line");
    assertThatThrownBy(() -> store.note(lease, "two words", "28"))
        .hasMessageContaining("must be one word");
    assertThatThrownBy(() -> store.note(lease, "size", "x".repeat(70_000)))
        .hasMessageContaining("at most 65536 characters");
  }
}
