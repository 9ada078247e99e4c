package io.salvor.server.wiring;

import dagger.BindsInstance;
import dagger.Component;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import jakarta.inject.Singleton;

/// The server, wired: a store, a world and a clock below the engine, services above it.
@Singleton
@Component(modules = {StoreModule.class, WorldModule.class, EngineModule.class, ApiModule.class})
interface ServerComponent {
  Parts parts();

  /// What a server is made for.
  @Component.Factory
  interface Factory {
    ServerComponent create(
        @BindsInstance Home home,
        @BindsInstance ServerConfig config,
        @BindsInstance Options options,
        @BindsInstance Ending ending);
  }
}
