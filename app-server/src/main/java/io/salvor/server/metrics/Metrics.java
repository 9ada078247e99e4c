package io.salvor.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.grpc.Instance;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/// All that is measured, as Prometheus reads it. Thread-safe.
public final class Metrics {
  /// What [#scrape] writes.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final TaskGauges tasks;

  /// @param registry that everything else is registered with too
  public Metrics(
      PrometheusMeterRegistry registry, EngineLoop engine, InstantSource clock, Instance instance) {
    this.registry = registry;
    this.tasks = new TaskGauges(registry, engine, clock);
    describe(instance);
  }

  /// A registry for one server.
  public static PrometheusMeterRegistry registry() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  private void describe(Instance instance) {
    Gauge.builder("salvor.build", () -> 1)
        .description("Always 1; the label tells the version")
        .tag("version", instance.version())
        .register(registry);
    gauge(
        registry,
        "salvor.healthy",
        "Whether the store takes writes",
        instance,
        it -> it.problem().isEmpty() ? 1 : 0);
    gauge(
        registry,
        "salvor.attempts.limit",
        "Attempts that may be open at once",
        instance,
        Instance::maxConcurrent);
    gauge(
        registry,
        "salvor.draining",
        "Whether the server waits for its agents in order to stop",
        instance,
        it -> it.draining() ? 1 : 0);
  }

  private static void gauge(
      MeterRegistry registry,
      String name,
      String description,
      Instance instance,
      ToDoubleFunction<Instance> number) {
    Gauge.builder(name, instance, number).description(description).register(registry);
  }

  /// Everything as it is now, in Prometheus's text format.
  public String scrape() {
    tasks.refresh();
    return registry.scrape();
  }
}
