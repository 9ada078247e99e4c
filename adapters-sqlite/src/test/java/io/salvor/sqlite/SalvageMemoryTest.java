package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.HandMade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: what can be saved does not depend on how much memory there is.
final class SalvageMemoryTest {
  private static final int TEXTS = 12;
  private static final int REPEATED = 1024 * 1024;

  @TempDir private Path home;

  /// Saves a home's store, in a process of its own.
  static final class Saving {
    private Saving() {}

    static void main(String[] arguments) {
      Path home = Path.of(arguments[0]);
      var whole = new Remains.File(StoreFiles.in(home).database());
      try (var salvage = new StoreSalvage(UUID.fromString(arguments[1]), List.of(whole))) {
        salvage.writeTo(StoreFiles.in(home.resolve("fresh")), TestStores.CLOCK);
      }
    }
  }

  @Test
  void more_texts_than_fit_into_memory_are_saved() throws Exception {
    Map<String, Integer> texts = new TreeMap<>();
    String lineage;
    try (var store = TestStores.open(home)) {
      lineage = store.identity().lineage().toString();
      var hand = new HandMade();
      for (int i = 1; i <= TEXTS; i++) {
        TaskId task = HandMade.task(i);
        String text = ("text " + i + ". ").repeat(REPEATED);
        var document = new Decision.Document(CopyDetails.sha256(text), text);
        texts.put(document.hash(), text.length());
        var created =
            new Decision(
                hand.create(task).entries(), List.of(document), List.of(hand.thread(task)));
        store.log().appendDurably(List.of(created));
      }
    }
    Files.createDirectories(StoreFiles.in(home.resolve("fresh")).database().getParent());

    var command =
        new ArrayList<>(ChildJvm.command(Saving.class, List.of(home.toString(), lineage)));
    command.add(1, "-Xmx80m");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();

    try (var store = TestStores.open(home.resolve("fresh"))) {
      texts.forEach(
          (hash, length) -> assertThat(store.documents().get(hash).orElseThrow()).hasSize(length));
    }
  }
}
