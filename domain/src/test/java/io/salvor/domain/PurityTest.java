package io.salvor.domain;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A module descriptor keeps other libraries out, but java.base alone can open files, read the
/// clock and start threads: this is the list of what the core may use of it. The same seed must
/// give the same story in every JVM.
class PurityTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages("io.salvor.domain");

  private static final Set<String> LANG =
      Set.of(
          "AssertionError",
          "Boolean",
          "CharSequence",
          "Character",
          "Class",
          "Comparable",
          "Enum",
          "IllegalArgumentException",
          "IllegalStateException",
          "Integer",
          "InterruptedException",
          "Iterable",
          "Long",
          "MatchException",
          "Math",
          "Object",
          "Override",
          "Record",
          "RuntimeException",
          "String",
          "StringBuilder",
          "Throwable");

  private static final Set<String> PACKAGES =
      Set.of(
          "java.util.function",
          "java.util.stream",
          "java.util.regex",
          "java.time",
          // what the compiler itself puts in for records, lambdas, switches and joined strings
          "java.lang.invoke",
          "java.lang.runtime",
          "java.lang.annotation");

  private static final Set<String> NOT_OF_UTIL =
      Set.of(
          "HashMap",
          "HashSet",
          "Hashtable",
          "IdentityHashMap",
          "WeakHashMap",
          "Random",
          "SplittableRandom",
          "Scanner",
          "ServiceLoader",
          "Timer",
          "TimerTask");

  private static final List<String> FORBIDDEN_CALLS =
      List.of(
          "java.util.Map.of",
          "java.util.Map.ofEntries",
          "java.util.Map.copyOf",
          "java.util.Set.of",
          "java.util.Set.copyOf",
          "java.util.UUID.randomUUID",
          "java.util.Collections.shuffle",
          "java.util.stream.Collectors.toSet",
          "java.util.stream.Collectors.toMap",
          "java.util.stream.Collectors.groupingBy",
          "java.util.stream.Collectors.partitioningBy",
          "java.util.stream.BaseStream.parallel",
          "java.util.Collection.parallelStream",
          "java.lang.Object.hashCode",
          "java.lang.Object.wait",
          "java.lang.Object.notify",
          "java.lang.Object.notifyAll");

  @Test
  void the_core_uses_only_what_cannot_reach_the_world() {
    classes()
        .should()
        .onlyDependOnClassesThat(describe("are on the list", PurityTest::isAllowed))
        .check(CORE);
  }

  @Test
  void the_core_asks_nobody_for_the_time_or_for_chance() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe("read a clock or depend on chance", PurityTest::isImpure))
        .check(CORE);
  }

  @Test
  void the_packages_of_the_core_do_not_go_in_circles() {
    slices().matching("io.salvor.domain.(*)..").should().beFreeOfCycles().check(CORE);
  }

  private static boolean isAllowed(JavaClass used) {
    JavaClass type = used.getBaseComponentType();
    String name = type.getSimpleName();
    return type.isPrimitive()
        || type.getPackageName().startsWith("io.salvor.domain.")
        || type.getPackageName().equals("org.jspecify.annotations")
        || (type.getPackageName().equals("java.lang") && LANG.contains(name))
        || (PACKAGES.contains(type.getPackageName()) && !name.equals("Clock"))
        || (type.getPackageName().equals("java.util") && !NOT_OF_UTIL.contains(outermost(type)));
  }

  private static String outermost(JavaClass type) {
    return type.getName().substring("java.util.".length()).split("\\$", -1)[0];
  }

  private static boolean isImpure(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String method = owner + "." + call.getName();
    return FORBIDDEN_CALLS.contains(method)
        || (owner.startsWith("java.time.") && call.getName().equals("now"));
  }
}
