/// The engine at work: its loop, the writer beside it, and the effects that its decisions call for.
///
/// Read [EngineLoop] first, then [EffectRunner].
@NullMarked
package io.salvor.server.engine;

import org.jspecify.annotations.NullMarked;
