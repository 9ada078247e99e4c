/// Whoever serves the agents' models, and what is known of their trouble: a fold of the log.
///
/// Read [io.salvor.domain.provider.Provider], then [io.salvor.domain.provider.Trouble], then
/// [io.salvor.domain.provider.Breaker].
@NullMarked
package io.salvor.domain.provider;

import org.jspecify.annotations.NullMarked;
