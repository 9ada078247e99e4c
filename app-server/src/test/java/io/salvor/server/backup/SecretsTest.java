package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.offhost.Secret;
import io.salvor.server.config.Home;
import io.salvor.v1.Backup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13, Z18: secrets are in a backup sealed, or not at all.
final class SecretsTest {
  private static final Map<String, String> PHRASE =
      Map.of("SALVOR_BACKUP_PASSPHRASE", "correct horse");

  @TempDir private Path directory;
  private Home home;
  private Path made;

  @BeforeEach
  void filled() throws Exception {
    home = new Home(directory.resolve("home"));
    home.create();
    Files.writeString(home.secrets().resolve("s3.key"), "hidden-one");
    Files.createDirectories(home.secrets().resolve("ssh"));
    Files.writeString(home.secrets().resolve("ssh/id"), "hidden-two");
    made = Files.createDirectories(directory.resolve("made"));
  }

  private Backup collected(Secrets secrets) throws Exception {
    var manifest = Backup.newBuilder();
    secrets.collect(made, manifest);
    return manifest.build();
  }

  @Test
  void with_a_passphrase_they_are_sealed_and_come_back_for_the_owner_alone() throws Exception {
    assertThat(collected(Secrets.of(home, Optional.empty(), PHRASE)).getSealedSecrets())
        .isEqualTo(2);
    byte[] sealed = Files.readAllBytes(made.resolve("secrets.sealed"));
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hidden", "s3.key");

    Home other = new Home(directory.resolve("other"));
    other.create();
    Files.writeString(other.secrets().resolve("s3.key"), "newer");
    var notes = new ArrayList<String>();
    Secrets.of(other, Optional.empty(), PHRASE).bringBack(made, notes);
    Path id = other.secrets().resolve("ssh/id");
    assertThat(id).hasContent("hidden-two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(id)))
        .isEqualTo("rw-------");
    assertThat(other.secrets().resolve("s3.key")).hasContent("newer");
    assertThat(notes).isEmpty();
  }

  @Test
  void without_one_the_manifest_names_them_as_not_covered() throws Exception {
    Backup manifest = collected(Secrets.of(home, Optional.empty(), Map.of()));
    assertThat(manifest.getSealedSecrets()).isZero();
    assertThat(manifest.getNotCoveredList())
        .singleElement()
        .asString()
        .contains("s3.key, ssh/id", "no passphrase");
    assertThat(made).isEmptyDirectory();
  }

  @Test
  void one_that_cannot_be_read_is_named_and_keeps_the_others_out_of_nothing() throws Exception {
    Files.createSymbolicLink(home.secrets().resolve("odd"), Path.of("/proc/self/mem"));
    Backup manifest = collected(Secrets.of(home, Optional.empty(), PHRASE));
    assertThat(manifest.getSealedSecrets()).isEqualTo(2);
    assertThat(manifest.getNotCoveredList()).singleElement().asString().contains("odd");
  }

  @Test
  void the_passphrase_is_not_sealed_with_itself() throws Exception {
    Path file = home.secrets().resolve("passphrase");
    Files.writeString(file, "correct horse\n");
    var secrets = Secrets.of(home, Optional.of(new Secret.File(file)), Map.of());
    assertThat(collected(secrets).getSealedSecrets()).isEqualTo(2);
    assertThat(Secrets.of(home, Optional.empty(), PHRASE).open(made)).hasSize(2);
  }

  @Test
  void another_passphrase_and_changed_bytes_are_refused_and_none_is_told() throws Exception {
    collected(Secrets.of(home, Optional.empty(), PHRASE));
    var wrong = Map.of("SALVOR_BACKUP_PASSPHRASE", "guess");
    assertThatThrownBy(() -> Secrets.of(home, Optional.empty(), wrong).open(made))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("another passphrase");
    var notes = new ArrayList<String>();
    Secrets.of(home, Optional.empty(), Map.of()).bringBack(made, notes);
    assertThat(notes).singleElement().asString().contains("--passphrase-file");

    byte[] sealed = SealedSecrets.seal(new TreeMap<>(Map.of("a", new byte[] {1, 2, 3})), "p");
    for (int i : new int[] {12, 27, 30, sealed.length / 2, sealed.length - 1}) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> SealedSecrets.open(changed, "p")).isInstanceOf(BackupFailed.class);
    }
  }
}
