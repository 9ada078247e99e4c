package io.salvor.it.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One module per room, and what each may depend on.
final class ModulesTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              place -> !place.contains("-tests.jar") && !place.contains("/io/salvor/it/"))
          .importPackages("io.salvor");

  private static final DescribedPredicate<JavaClass> MAIN =
      DescribedPredicate.describe(
          "a main class", it -> it.tryGetMethod("main", String[].class).isPresent());

  /// A room, the packages in it, and the rooms that it may know.
  @SuppressWarnings(
      "ImmutableEnumChecker") // the array is written once and never handed out to be changed
  enum Room {
    API("io.salvor.v1..", "io.salvor.record.v1.."),
    DOMAIN("io.salvor.domain.."),
    RECORDS("io.salvor.records.."),
    SQLITE("io.salvor.sqlite.."),
    GIT("io.salvor.git.."),
    PROCESS("io.salvor.process.."),
    OFFHOST("io.salvor.offhost.."),
    SERVER("io.salvor.server.."),
    CLI("io.salvor.cli.."),
    SIMULATOR("io.salvor.simulator..");

    private final String[] packages;

    Room(String... packages) {
      this.packages = packages;
    }

    private Room[] knows() {
      return switch (this) {
        case API, DOMAIN, OFFHOST -> new Room[0];
        case RECORDS -> new Room[] {DOMAIN, API};
        case SQLITE, SIMULATOR -> new Room[] {DOMAIN, RECORDS};
        case GIT, PROCESS -> new Room[] {DOMAIN};
        case SERVER -> new Room[] {API, DOMAIN, RECORDS, SQLITE, GIT, PROCESS, OFFHOST};
        case CLI -> new Room[] {API};
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Room.class)
  void a_room_knows_only_the_rooms_that_it_may(Room room) {
    String[] allowed =
        Arrays.stream(room.knows())
            .flatMap(it -> Arrays.stream(it.packages))
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> others =
        resideInAnyPackage("io.salvor..")
            .and(DescribedPredicate.not(resideInAnyPackage(room.packages)))
            .and(DescribedPredicate.not(resideInAnyPackage(allowed)))
            .as("rooms that are not its business");
    noClasses()
        .that()
        .resideInAnyPackage(room.packages)
        .should()
        .dependOnClassesThat(others)
        .check(HOUSE);
  }

  @Test
  void every_class_is_in_a_room() {
    String[] all =
        Arrays.stream(Room.values())
            .flatMap(it -> Arrays.stream(it.packages))
            .toArray(String[]::new);
    noClasses().should().resideOutsideOfPackages(all).check(HOUSE);
  }

  @Test
  void only_the_sqlite_adapter_speaks_to_the_store() {
    others("io.salvor.sqlite..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.jooq..")
        .check(HOUSE);
  }

  /// Closing any other channel to a locked file drops the lock: who locks must be alone with it.
  @Test
  void only_the_home_and_the_repository_are_locked_each_in_one_class() {
    DescribedPredicate<JavaCall<?>> locking =
        DescribedPredicate.describe(
            "locking a file",
            call ->
                call.getTarget()
                    .getFullName()
                    .matches("java\\.nio\\.channels\\.FileChannel\\.(lock|tryLock)\\(.*"));
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.salvor.sqlite.HomeLock")
        .and()
        .doNotHaveFullyQualifiedName("io.salvor.git.ProjectLocks")
        .should()
        .callMethodWhere(locking.forSubtype())
        .check(HOUSE);
  }

  @Test
  void only_the_git_adapter_knows_jgit_and_only_the_command_line_knows_picocli() {
    others("io.salvor.git..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jgit..")
        .check(HOUSE);
    others("io.salvor.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(HOUSE);
  }

  @Test
  void errors_of_the_environment_do_not_cross_the_ports() {
    noClasses()
        .that()
        .resideInAnyPackage("io.salvor.domain..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio..", "java.sql..", "io.grpc..")
                .as("what only adapters know"))
        .check(HOUSE);
  }

  @Test
  void nobody_ends_the_process_but_a_main_class() {
    noClasses()
        .that(DescribedPredicate.not(MAIN))
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(HOUSE);
  }

  private static GivenClassesConjunction others(String room) {
    return noClasses().that().resideOutsideOfPackage(room);
  }
}
