/// Failures that others had: twenty, drawn by lot from public reports, each played against a real
/// server. `docs/field-failures.md` says what held and what broke.
@NullMarked
package io.salvor.it.field;

import org.jspecify.annotations.NullMarked;
